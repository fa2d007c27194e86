import { useEffect, useRef } from 'react';

/** Whether what asks is still on the screen: who has gone on to something else is left there. */
export function useIsHere(): () => boolean {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return () => isHere.current;
}
