import { useEffect, useRef } from 'react';

/** What has been done. A new object is said anew, and has the focus: from there one goes on. */
export function Said({ said }: { said: { text: string } | null }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (said !== null) place.current?.focus();
  }, [said]);
  return (
    <p role="status" ref={place} tabIndex={-1} className={said === null ? 'unsaid' : 'notice good'}>
      {said?.text}
    </p>
  );
}
