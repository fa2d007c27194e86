import { useQuery } from 'urql';
import { useMayChange } from '../api/useViewer';
import { graphql } from '../gql';
import { Answered } from '../parts/Answered';
import { Dialog } from '../parts/Dialog';
import { useTitle } from '../parts/useTitle';
import { Payments } from '../payments/Payments';
import { variablesOf } from './boardUrl';
import { Download } from './Download';
import { Filters } from './Filters';
import { InvoiceTable } from './InvoiceTable';
import { FirstPage, Nothing } from './Nothing';
import { Pages } from './Pages';
import { useBoard } from './useBoard';
import { usePay } from './usePay';

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
  useTitle('Invoices');
  const { params, change } = useBoard();
  const { pay, close } = usePay();
  const mayChange = useMayChange();
  const isTurned = params.has('after') || params.has('before');
  // What is remembered of a page is shown at once; what it is now, when it has come.
  const [query] = useQuery({
    query: Board,
    variables: variablesOf(params),
    requestPolicy: 'cache-and-network',
  });
  return (
    <section className="page">
      <header className="title">
        <h1>Invoices</h1>
        <div className="actions">{mayChange && <Download />}</div>
      </header>
      <Filters />
      <Answered query={query} wayOut={isTurned && <FirstPage onPress={() => change({})} />}>
        {({ invoices }) => (
          <div aria-busy={query.fetching} className="answer">
            {invoices.nodes.length > 0 ? (
              <InvoiceTable invoices={invoices} />
            ) : (
              <Nothing totalCount={invoices.totalCount} />
            )}
            {invoices.nodes.length > 0 && <Pages invoices={invoices} isBusy={query.fetching} />}
          </div>
        )}
      </Answered>
      {pay !== null && (
        <Dialog key={pay} title={`Payments of ${pay}`} onClose={close}>
          <Payments fullId={pay} />
        </Dialog>
      )}
    </section>
  );
}
