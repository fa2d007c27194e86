import { useState } from 'react';
import { useQuery } from 'urql';
import { showInstant } from '../format/dates';
import { graphql } from '../gql';
import type { ActivityQuery } from '../gql/graphql';
import { Answered } from '../parts/Answered';

const ActivityDocument = graphql(`
  query Activity($fullId: String!, $after: String) {
    invoice(by: { fullId: $fullId }) {
      id
      activity(first: 20, after: $after) {
        nodes { id message actor source occurredAt }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

type Entry = NonNullable<ActivityQuery['invoice']>['activity']['nodes'][number];

/** Who did what to an invoice and when, the newest first. */
export function Activity({ fullId }: { fullId: string }) {
  return (
    <section className="activity">
      <h2>Activity</h2>
      <Entries fullId={fullId} after={null} />
    </section>
  );
}

/** A page of it, and on demand the next: what is new pushes entries over, and none gets lost. */
function Entries({ fullId, after }: { fullId: string; after: string | null }) {
  const [isMore, setMore] = useState(false);
  const [query] = useQuery({
    query: ActivityDocument,
    variables: { fullId, after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answered query={query}>
      {({ invoice }) => {
        if (!invoice) return null;
        const { nodes, pageInfo } = invoice.activity;
        return (
          <>
            <ol>
              {nodes.map((entry) => (
                <Item key={entry.id} entry={entry} />
              ))}
            </ol>
            {pageInfo.hasNextPage && isMore && (
              <Entries fullId={fullId} after={pageInfo.endCursor} />
            )}
            {pageInfo.hasNextPage && !isMore && (
              <button type="button" onClick={() => setMore(true)}>
                Show more
              </button>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function Item({ entry }: { entry: Entry }) {
  return (
    <li>
      <p>{entry.message}</p>
      <p className="hint">
        {entry.actor}, <time dateTime={entry.occurredAt}>{showInstant(entry.occurredAt)}</time>
        {entry.source === 'quickBooks' && <span className="mark info">QuickBooks</span>}
      </p>
    </li>
  );
}
