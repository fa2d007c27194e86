import { statuses } from '../format/words';
import type { InvoiceStatus } from '../gql/graphql';

/** How an invoice stands. */
export function Status({ invoice }: { invoice: { status: InvoiceStatus } }) {
  return <span className={`status ${invoice.status}`}>{statuses[invoice.status]}</span>;
}
