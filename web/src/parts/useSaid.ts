import { useState } from 'react';

/** What `Said` says. The same words said again are a new object, and so are said anew. */
export function useSaid() {
  const [said, setSaid] = useState<{ text: string } | null>(null);
  return { said, say: (text: string) => setSaid({ text }), unsay: () => setSaid(null) };
}
