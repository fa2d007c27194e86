import { useEffect, useEffectEvent, useState } from 'react';

const QUIET_MS = 250;

/**
 * A text that is kept elsewhere, as in the address, and told there when the typing rests and it
 * is whole. When another comes from there meanwhile, as by going back, that one holds.
 */
export function useTyped(
  kept: string,
  tell: (text: string) => void,
  isWhole: (text: string) => boolean = () => true,
) {
  const [typed, setTyped] = useState<string | null>(null);
  const [seen, setSeen] = useState(kept);
  if (kept !== seen) {
    setSeen(kept);
    setTyped(null);
  }
  const rest = useEffectEvent(() => {
    if (typed !== null && !isWhole(typed)) return;
    setTyped(null);
    if (typed !== null && typed !== kept) tell(typed);
  });
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => rest(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed ?? kept, setTyped] as const;
}
