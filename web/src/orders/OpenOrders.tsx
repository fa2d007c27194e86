import { useQuery } from 'urql';
import { CustomerChoice } from '../customers/CustomerChoice';
import { graphql } from '../gql';
import type { OpenOrdersQuery } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Field } from '../parts/Field';
import { useTyped } from '../parts/useTyped';
import { OrderTable } from './OrderTable';
import { useBill } from './useBill';

const OpenOrdersDocument = graphql(`
  query OpenOrders($filter: OrderFilter!, $first: Int, $after: String, $last: Int, $before: String) {
    orders(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      nodes { ...OrderRow }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

const ROWS = 10;

/** The orders that are on no invoice. Choosing one leaves those of its customer. */
export function OpenOrders() {
  const { customerId, orderIds, isFull, search, after, before } = useBill();
  const filter = {
    isInvoiced: false,
    search,
    customerId: customerId === null ? null : [customerId],
  };
  const isTurned = Boolean(before ?? after);
  const page = before ? { last: ROWS, before } : { first: ROWS, after };
  const [query] = useQuery({
    query: OpenOrdersDocument,
    variables: { filter, ...page },
    requestPolicy: 'cache-and-network',
  });
  return (
    <section>
      <h2>Orders that are not invoiced</h2>
      <Searches />
      {isFull && (
        <p className="hint">
          {orderIds.length} orders are chosen: here an invoice is made of no more.
        </p>
      )}
      <Answered query={query} wayOut={isTurned && <FirstPage />}>
        {({ orders }) => (
          <div aria-busy={query.fetching} className="answer">
            {orders.nodes.length === 0 ? (
              <p className="nothing">No order matches. An invoice can be made without one.</p>
            ) : (
              <OrderTable orders={orders.nodes} />
            )}
            <Pages {...orders} />
          </div>
        )}
      </Answered>
    </section>
  );
}

function FirstPage() {
  const { change } = useBill();
  return (
    <button type="button" onClick={() => change({ before: null, after: null })}>
      First page
    </button>
  );
}

function Searches() {
  const { customerId, search, change, pick } = useBill();
  const [text, type] = useTyped(search, (typed) =>
    change({ search: typed, after: null, before: null }, true),
  );
  return (
    <div className="filters">
      <div className="row">
        <CustomerChoice customerId={customerId} onPick={pick} />
        <Field label="Search orders">
          {(wired) => (
            <input
              {...wired}
              type="search"
              value={text}
              onChange={(event) => type(event.target.value)}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

function Pages({ pageInfo, totalCount }: OpenOrdersQuery['orders']) {
  const { change } = useBill();
  if (!pageInfo.hasPreviousPage && !pageInfo.hasNextPage) return null;
  return (
    <nav className="pages" aria-label="Pages of orders">
      <span>{totalCount.toLocaleString()} orders</span>
      <button
        type="button"
        aria-disabled={!pageInfo.hasPreviousPage}
        onClick={() =>
          pageInfo.hasPreviousPage && change({ before: pageInfo.startCursor, after: null })
        }
      >
        Previous
      </button>
      <button
        type="button"
        aria-disabled={!pageInfo.hasNextPage}
        onClick={() => pageInfo.hasNextPage && change({ after: pageInfo.endCursor, before: null })}
      >
        Next
      </button>
    </nav>
  );
}
