import { useState } from 'react';

/** Refusals name lines and orders by their places, which hold until one comes or goes. */
export function useClearedBy(places: string[], clear: () => void): void {
  const now = places.join();
  const [seen, setSeen] = useState(now);
  if (now === seen) return;
  setSeen(now);
  clear();
}
