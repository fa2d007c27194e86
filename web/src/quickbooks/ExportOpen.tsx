import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useMayChange } from '../api/useViewer';
import { boardUrl, type Filters } from '../board/boardUrl';
import { graphql } from '../gql';
import type { UnexportedQuery } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';

// As many as can be exported at once.
const Unexported = graphql(`
  query Unexported {
    open: invoices(
      filter: { status: [sent, partiallyPaid], quickBooksState: [notExported] }
      orderBy: [{ field: createdAt }]
      first: 100
    ) {
      totalCount
      nodes { id }
    }
    failed: invoices(filter: { quickBooksState: [failed] }, first: 1) { totalCount }
  }
`);

const ExportOpenInvoices = graphql(`
  mutation ExportOpen($input: ExportInvoicesToQuickBooksInput!) {
    exportInvoicesToQuickBooks(input: $input) {
      invoices { ...InvoiceRow }
      userErrors { code message path }
    }
  }
`);

const OPEN: Filters = { status: ['sent', 'partiallyPaid'], quickBooks: ['notExported'] };
const FAILED: Filters = { quickBooks: ['failed'] };

type OnDone = (words: string) => void;

/** What QuickBooks does not have yet, and what it has not taken. */
export function ExportOpen({ onDone }: { onDone: OnDone }) {
  const [query] = useQuery({ query: Unexported, requestPolicy: 'cache-and-network' });
  const mayChange = useMayChange();
  return (
    <>
      <h2>Exports</h2>
      <Answered query={query}>
        {({ open, failed }) => (
          <>
            <p>
              <Link to={boardUrl(OPEN)}>{counted(open.totalCount, 'open invoice')}</Link> not yet
              exported, <Link to={boardUrl(FAILED)}>{counted(failed.totalCount, 'export')}</Link>{' '}
              failed.
            </p>
            {mayChange && open.totalCount > 0 && <ExportThem open={open} onDone={onDone} />}
          </>
        )}
      </Answered>
    </>
  );
}

type Props = { open: UnexportedQuery['open']; onDone: OnDone };

function ExportThem({ open, onDone }: Props) {
  const { submit, isBusy, others } = useSubmit(ExportOpenInvoices);
  const count = open.nodes.length;
  const send = async () => {
    const answer = await submit({ invoiceIds: open.nodes.map(({ id }) => id) });
    if (answer === null) return;
    onDone(`Asked to export ${counted(count, 'invoice')}.`);
  };
  return (
    <>
      <button type="button" aria-disabled={isBusy} onClick={send}>
        {count < open.totalCount ? `Export the oldest ${count}` : `Export all ${count}`}
      </button>
      <Errors messages={others()} />
    </>
  );
}

const counted = (count: number, what: string) =>
  `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
