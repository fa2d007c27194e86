import { NavLink } from 'react-router';
import { useQuery } from 'urql';
import { useConnection, useSession } from '../api/ApiProvider';
import { LiveChanges } from '../api/LiveChanges';
import { useMayChange, ViewerContext, ViewerDocument } from '../api/useViewer';
import { Answered } from '../parts/Answered';
import { KeyForm } from './KeyForm';
import { Main } from './Main';

const pages = [
  { to: '/', name: 'Invoices' },
  { to: '/bill', name: 'New invoice', isToChange: true },
  { to: '/cheque', name: 'Cheque', isToChange: true },
  { to: '/aging', name: 'Aging' },
  { to: '/quickbooks', name: 'QuickBooks' },
];

const words = { connecting: 'Connecting…', live: 'Live', lost: 'Offline. Trying again…' };

/** What stands around every page: where one is, who one is, and how the line is. */
export function Frame() {
  const { hasKey, signOut } = useSession();
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
              <Pages />
              <p className="who">
                {viewer.name}, {viewer.organization.name} <State />
                {hasKey && (
                  <button type="button" className="quiet" onClick={signOut}>
                    Sign out
                  </button>
                )}
              </p>
            </header>
            <Main />
          </ViewerContext>
        )}
      </Answered>
    </>
  );
}

function Pages() {
  const mayChange = useMayChange();
  return (
    <nav aria-label="Pages">
      {pages
        .filter(({ isToChange }) => mayChange || !isToChange)
        .map(({ to, name }) => (
          <NavLink key={to} to={to} end={to === '/'}>
            {name}
          </NavLink>
        ))}
      <a href="/graphql">API</a>
    </nav>
  );
}

function State() {
  const connection = useConnection();
  return (
    <span role="status" className={`connection ${connection}`}>
      {words[connection]}
    </span>
  );
}
