import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';

type Props<Data> = {
  query: { data?: Data | undefined; error?: CombinedError | undefined; fetching: boolean };
  /** What leads on where it was refused. */
  wayOut?: ReactNode;
  /** What there is to see once the server has answered. */
  children: (data: Data) => ReactNode;
};

/** A query's answer; until then that it is being loaded, or why it cannot be. */
export function Answered<Data>({ query, wayOut, children }: Props<Data>) {
  const { data, error } = query;
  // It is null where the cache cannot tell, as after a refusal.
  if (data !== undefined && data !== null) {
    return (
      <>
        {error !== undefined && <Failed error={error} wayOut={wayOut} />}
        {children(data)}
      </>
    );
  }
  if (error !== undefined) return <Failed error={error} wayOut={wayOut} />;
  return <Loading />;
}

export function Loading() {
  return (
    <p role="status" className="page loading">
      Loading…
    </p>
  );
}

function Failed({ error, wayOut }: { error: CombinedError; wayOut: ReactNode }) {
  const isOld = error.graphQLErrors.some(
    ({ extensions }) => extensions.code === 'PERSISTED_QUERY_NOT_FOUND',
  );
  if (isOld) return <Old />;
  const words = error.networkError
    ? 'The server cannot be reached. This page goes on by itself when it can.'
    : error.message.replace('[GraphQL] ', '');
  return (
    <p role="alert" className="notice bad">
      {words} {!error.networkError && wayOut}
    </p>
  );
}

/** The server has been changed since the page was loaded: what it asks is not known any more. */
function Old() {
  return (
    <p role="alert" className="notice warn">
      There is a newer version of this page.{' '}
      <button type="button" onClick={() => location.reload()}>
        Load again
      </button>
    </p>
  );
}
