import { useEffect, useEffectEvent } from 'react';

const EVERY_MS = 2_000;

/** Reads again and again for as long as something is awaited: nobody tells of a connection's changes. */
export function useReadAgain(isAwaited: boolean, read: () => void): void {
  const again = useEffectEvent(read);
  useEffect(() => {
    if (!isAwaited) return;
    const timer = setInterval(() => again(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isAwaited]);
}
