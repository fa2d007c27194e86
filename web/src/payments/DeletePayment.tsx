import { type FormEvent, useState } from 'react';
import { graphql } from '../gql';
import type { PaymentRowFragment } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { Field } from '../parts/Field';
import { useSubmit } from '../parts/useSubmit';

const DeletePaymentDocument = graphql(`
  mutation DeletePayment($input: DeletePaymentInput!) {
    deletePayment(input: $input) {
      invoice { ...InvoicePayments }
      userErrors { code message path }
    }
  }
`);

type Props = { payment: PaymentRowFragment; onDone: () => void; onCancel: () => void };

/** Asks why, and whether it is meant. */
export function DeletePayment({ payment, onDone, onCancel }: Props) {
  const [reason, setReason] = useState('');
  const { submit, isBusy, errorAt, others } = useSubmit(DeletePaymentDocument);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const input = { id: payment.id, reason: reason.trim() || null };
    if ((await submit(input)) === null) return;
    onDone();
  };
  return (
    <form onSubmit={send} aria-label="Delete the payment">
      <Field label="Reason" error={errorAt('reason')}>
        {(wired) => (
          <input
            {...wired}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            // Enter, held on the button that led here, must not be the answer.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
      </Field>
      <Errors messages={others('reason')} />
      <div className="actions">
        <button type="submit" className="danger" aria-disabled={isBusy}>
          Delete payment
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
