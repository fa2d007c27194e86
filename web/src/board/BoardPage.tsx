import { useQuery } from 'urql';
import { graphql } from '../gql';
import { Answered } from '../parts/Answered';
import { InvoiceTable } from './InvoiceTable';

const Board = graphql(`
  query Board($filter: InvoiceFilter, $orderBy: [InvoiceOrder!], $first: Int, $after: String, $last: Int, $before: String) {
    invoices(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      totals { currency count total amountPaid outstandingBalance }
      nodes { ...InvoiceRow }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

export function BoardPage() {
  const [query] = useQuery({ query: Board, variables: { first: 25 } });
  return (
    <section className="page">
      <h1>Invoices</h1>
      <Answered query={query}>{({ invoices }) => <InvoiceTable rows={invoices.nodes} />}</Answered>
    </section>
  );
}
