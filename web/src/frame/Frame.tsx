import { Suspense } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { useLine, useSession } from '../api/ApiProvider';
import { LiveChanges } from '../api/LiveChanges';
import { ViewerContext, ViewerDocument } from '../api/useViewer';
import { Answered, Loading } from '../parts/Answered';
import { Arrived } from '../parts/Arrived';
import { Boundary } from './Boundary';
import { KeyForm } from './KeyForm';

const pages = [
  { to: '/', name: 'Invoices' },
  { to: '/bill', name: 'New invoice' },
  { to: '/cheque', name: 'Cheque' },
  { to: '/aging', name: 'Aging' },
  { to: '/quickbooks', name: 'QuickBooks' },
];

const words = { connecting: 'Connecting…', live: 'Live', lost: 'Offline. Trying again…' };

/** What stands around every page: where one is, who one is, and how the line is. */
export function Frame() {
  const { hasKey, signOut } = useSession();
  const { pathname } = useLocation();
  const [query] = useQuery({ query: ViewerDocument });
  if (query.error?.response?.status === 401) return <KeyForm refused={hasKey} />;
  return (
    <>
      {/* Also where it could not be answered: when the line is there, it is asked again. */}
      {(query.data ?? query.error) !== undefined && <LiveChanges />}
      <Answered query={query}>
        {({ viewer }) => (
          <ViewerContext value={viewer}>
            <a className="skip" href="#page">
              Skip to the page
            </a>
            <header className="bar">
              <strong>Remit</strong>
              <nav aria-label="Pages">
                {pages.map(({ to, name }) => (
                  <NavLink key={to} to={to} end={to === '/'}>
                    {name}
                  </NavLink>
                ))}
                <a href="/graphql">API</a>
              </nav>
              <p className="who">
                {viewer.name}, {viewer.organization.name} <Line />
                {hasKey && (
                  <button type="button" className="quiet" onClick={signOut}>
                    Sign out
                  </button>
                )}
              </p>
            </header>
            <main id="page" tabIndex={-1}>
              <Arrived />
              <Boundary key={pathname}>
                <Suspense fallback={<Loading />}>
                  <Outlet />
                </Suspense>
              </Boundary>
            </main>
          </ViewerContext>
        )}
      </Answered>
    </>
  );
}

function Line() {
  const line = useLine();
  return (
    <span role="status" className={`line ${line}`}>
      {words[line]}
    </span>
  );
}
