import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Loading } from '../parts/Answered';
import { Arrived } from '../parts/Arrived';
import { Boundary } from './Boundary';
import { useFocusKept } from './useFocusKept';

/** The page itself. Whoever comes from another one goes on at its beginning. */
export function Main() {
  const { pathname, state } = useLocation();
  const place = useRef<HTMLElement>(null);
  const seen = useRef(pathname);
  useFocusKept(place);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    // What was done on the last page has the focus already.
    if (state === null) place.current?.focus({ preventScroll: true });
  }, [pathname, state]);
  return (
    <main id="page" tabIndex={-1} ref={place}>
      <Arrived />
      <Boundary key={pathname}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </Boundary>
    </main>
  );
}
