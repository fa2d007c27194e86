import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { graphql } from '../gql';
import { Dialog } from '../parts/Dialog';
import { Errors } from '../parts/Errors';
import { Field } from '../parts/Field';
import { useIsHere } from '../parts/useIsHere';
import { useSubmit } from '../parts/useSubmit';
import type { Invoice } from './useInvoice';

const DeleteInvoiceDocument = graphql(`
  mutation DeleteInvoice($input: DeleteInvoiceInput!) {
    deleteInvoice(input: $input) {
      orders { id hasUninvoicedChanges invoice { id } }
      userErrors { code message path }
    }
  }
`);

type Props = {
  invoice: Invoice;
  /** Where to go on; the board, unless its orders are to be billed anew. */
  next?: string;
  onClose: () => void;
};

/** Asks for the reason, and once more whether it is meant. */
export function DeleteInvoice({ invoice, next = '/', onClose }: Props) {
  const navigate = useNavigate();
  const isHere = useIsHere();
  const form = useSubmit(DeleteInvoiceDocument);
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = await form.submit({ id: invoice.id, reason: reason.trim() || null });
    if (done === null || !isHere()) return;
    navigate(next, { state: { text: `${invoice.fullId} is deleted.` } });
  };
  return (
    <Dialog title={`Delete ${invoice.fullId}?`} onClose={onClose}>
      <form onSubmit={send} className="stack">
        <p>
          Its number is not used again, and its orders can be invoiced anew. A copy in QuickBooks is
          voided.
        </p>
        <Field label="Reason" hint="It stands in the activity." error={form.errorAt('reason')}>
          {(wired) => (
            <input {...wired} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <Errors messages={form.others('reason')} />
        <button type="submit" className="danger" aria-disabled={form.isBusy}>
          Delete {invoice.fullId}
        </button>
      </form>
    </Dialog>
  );
}
