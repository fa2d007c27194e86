import { useEffect, useEffectEvent, useRef, useState } from 'react';

const QUIET_MS = 250;

/**
 * A text that is told when the typing rests. Where it is kept elsewhere, as in the address, it
 * follows what it is there, without overwriting what is being typed.
 */
export function useTyped(kept: string, tell: (text: string) => void) {
  const [text, setText] = useState(kept);
  const told = useRef(kept);
  const rested = useEffectEvent((rest: string) => {
    if (rest === told.current) return;
    told.current = rest;
    tell(rest);
  });
  useEffect(() => {
    const timer = setTimeout(() => rested(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (kept === told.current) return;
    told.current = kept;
    setText(kept);
  }, [kept]);
  return [text, setText] as const;
}
