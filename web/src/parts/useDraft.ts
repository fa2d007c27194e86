import { useState } from 'react';

/**
 * What has been typed into a form and is not done yet. It outlives a lost line, a closed panel and
 * a reload; it is forgotten with the tab. A component keeps to one name for as long as it lives.
 */
export function useDraft<Draft extends object>(name: string, make: () => Draft) {
  const [kept, setKept] = useState(() => find<Draft>(name));
  const [fresh, setFresh] = useState(make);
  const draft = kept ?? fresh;
  const change = (typed: Partial<Draft>) => {
    const next = { ...draft, ...typed };
    sessionStorage.setItem(name, JSON.stringify(next));
    setKept(next);
  };
  const forget = () => {
    sessionStorage.removeItem(name);
    setKept(null);
    setFresh(make());
  };
  return { draft, isKept: kept !== null, change, forget };
}

function find<Draft>(name: string): Draft | null {
  const text = sessionStorage.getItem(name);
  return text === null ? null : JSON.parse(text);
}
