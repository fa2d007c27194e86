import { Link } from 'react-router';
import { useMayChange } from '../api/useViewer';
import { showInstant } from '../format/dates';
import { quickBooksStates } from '../format/words';
import { graphql } from '../gql';
import { Errors } from '../parts/Errors';
import { Said } from '../parts/Said';
import { useReadWhile } from '../parts/useReadWhile';
import { useSaid } from '../parts/useSaid';
import { useSubmit } from '../parts/useSubmit';
import type { Invoice } from './useInvoice';

const ExportToQuickBooks = graphql(`
  mutation ExportInvoicesToQuickBooks($input: ExportInvoicesToQuickBooksInput!) {
    exportInvoicesToQuickBooks(input: $input) {
      invoices { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

/** How the invoice stands in QuickBooks, and its way there. */
export function QuickBooks({ invoice }: { invoice: Invoice }) {
  const { state, quickBooksId, exportedAt, error } = invoice.quickBooks;
  useReadWhile(state === 'queued');
  return (
    <section>
      <h2>QuickBooks</h2>
      <p>
        <span className={`status ${state}`}>{quickBooksStates[state]}</span>
        {exportedAt && ` ${showInstant(exportedAt)}`}
        {quickBooksId && `, number ${quickBooksId} there`}
      </p>
      {error && <p className={`notice ${state === 'failed' ? 'bad' : 'warn'}`}>{error}</p>}
      {useMayChange() && <Export invoice={invoice} />}
    </section>
  );
}

function Export({ invoice }: { invoice: Invoice }) {
  const form = useSubmit(ExportToQuickBooks);
  const { said, say } = useSaid();
  const send = async () => {
    if ((await form.submit({ invoiceIds: [invoice.id] })) === null) return;
    say('Asked for: the state above says what becomes of it.');
  };
  return (
    <>
      <button
        type="button"
        disabled={form.isBusy || invoice.quickBooks.state === 'queued'}
        onClick={send}
      >
        Export to QuickBooks
      </button>
      <Said said={said} />
      <Errors messages={form.others()} />
      {form.has('QUICKBOOKS_NOT_CONNECTED') && <Link to="/quickbooks">To the connection</Link>}
    </>
  );
}
