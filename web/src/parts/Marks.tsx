import type { InvoiceRowFragment } from '../gql/graphql';
import { Overdue } from './Overdue';

/** What is to be noticed of an invoice, beside its status. */
export function Marks({ invoice }: { invoice: InvoiceRowFragment }) {
  return (
    <>
      <Overdue invoice={invoice} />
      {invoice.isOutdated && (
        <span className="mark warn" title="An order has changed since it was invoiced">
          Outdated
        </span>
      )}
    </>
  );
}
