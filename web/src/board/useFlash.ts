import { useEffect, useRef } from 'react';

const FLASH_MS = 1_500;

/** Lights a row up for a moment whenever its invoice has changed. */
export function useFlash(version: number) {
  const row = useRef<HTMLTableRowElement>(null);
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    row.current?.animate({ background: ['var(--warn-ground)', 'transparent'] }, FLASH_MS);
  }, [version]);
  return row;
}
