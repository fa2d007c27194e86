import { type RefObject, useEffect } from 'react';

/**
 * Where what has the focus goes away, as a button does that was pressed, the focus goes to the
 * nearest of what stood around it: who works by keyboard goes on from there, not from the top.
 */
export function useFocusKept(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = place;
    const look = (event: FocusEvent) => {
      const path = event.composedPath().filter((one) => one instanceof HTMLElement);
      // When all that belongs to the change is done, and nothing else has taken the focus.
      setTimeout(() => {
        const [lost] = path;
        const isGone = lost !== undefined && (!lost.isConnected || lost.matches(':disabled'));
        if (!isGone || document.activeElement !== document.body) return;
        const near = path.slice(1).find((one) => one.isConnected);
        if (near === undefined) return;
        if (near.tabIndex < 0) near.tabIndex = -1;
        near.focus({ preventScroll: true });
      });
    };
    current?.addEventListener('focusout', look);
    return () => current?.removeEventListener('focusout', look);
  }, [place]);
}
