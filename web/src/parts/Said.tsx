import { useEffect, useRef } from 'react';

type Props = {
  said: { text: string } | null;
  /** Whether it leaves the focus with who is typing something else meanwhile. */
  isShy?: boolean;
};

/** What has been done. A new object is said anew, and has the focus: from there one goes on. */
export function Said({ said, isShy = false }: Props) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const isTyping = document.activeElement?.matches('input, select, textarea');
    if (said !== null && !(isShy && isTyping)) place.current?.focus();
  }, [said, isShy]);
  return (
    <p role="status" ref={place} tabIndex={-1} className={said === null ? 'unsaid' : 'notice good'}>
      {said?.text}
    </p>
  );
}
