import { useEffect } from 'react';
import { useSession } from '../api/ApiProvider';

const SOON_MS = 2_000;

/** Reads again and again for as long as something is awaited of which nobody tells. */
export function useReadWhile(isAwaited: boolean, everyMs = SOON_MS): void {
  const { api } = useSession();
  useEffect(() => {
    if (!isAwaited) return;
    const timer = setInterval(api.readSoon, everyMs);
    return () => clearInterval(timer);
  }, [api, isAwaited, everyMs]);
}
