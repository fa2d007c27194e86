import { useState } from 'react';
import { useMayChange } from '../api/useViewer';
import { DeleteInvoice } from './DeleteInvoice';
import type { Invoice } from './useInvoice';

/** An order has changed since it was billed: the invoice does not follow, it has to be made anew. */
export function Outdated({ invoice }: { invoice: Invoice }) {
  const mayChange = useMayChange();
  const [isOpen, setOpen] = useState(false);
  if (!invoice.isOutdated) return null;
  const changed = invoice.orders.filter((order) => order.hasUninvoicedChanges);
  const orders = invoice.orders.map((order) => order.id).join(',');
  return (
    <section className="notice warn" aria-label="Outdated">
      <p>
        {changed.map((order) => order.fullId).join(', ')} changed after {invoice.fullId} was made,
        and the invoice still says what it said before. To bill the change, delete the invoice and
        make it anew.
        {!invoice.canDelete && ' It has payments: they have to be deleted first.'}
      </p>
      {mayChange && invoice.canDelete && (
        <button type="button" onClick={() => setOpen(true)}>
          Delete and bill again
        </button>
      )}
      {isOpen && (
        <DeleteInvoice
          invoice={invoice}
          next={`/bill?customer=${invoice.customer.id}&orders=${orders}`}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
