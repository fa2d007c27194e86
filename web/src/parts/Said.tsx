import { useEffect, useRef } from 'react';

export type Saying = { words: string } | null;

/** Says what was done. A keyboard goes on from here: what was clicked may be gone. */
export function Said({ saying }: { saying: Saying }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (saying !== null) place.current?.focus();
  }, [saying]);
  return (
    <p ref={place} role="status" tabIndex={-1} className="said">
      {saying?.words}
    </p>
  );
}
