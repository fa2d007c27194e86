import { useEffect } from 'react';

/** Names the page in the browser's tab and history, and to whoever hears it read. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = `${words} · Remit`;
  }, [words]);
}
