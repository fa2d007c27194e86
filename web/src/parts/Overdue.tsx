import type { InvoiceRowFragment } from '../gql/graphql';

/** Marks an invoice that should have been paid by now. */
export function Overdue({ invoice }: { invoice: InvoiceRowFragment }) {
  const days = invoice.daysPastDue;
  if (!invoice.isOverdue) return null;
  return <span className="mark bad">{days === 1 ? '1 day' : `${days} days`} overdue</span>;
}
