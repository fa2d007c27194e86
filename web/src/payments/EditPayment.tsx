import { type FormEvent, useState } from 'react';
import { plain } from '../format/money';
import { graphql } from '../gql';
import type { PaymentRowFragment } from '../gql/graphql';
import { changed } from '../parts/changed';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';
import { FIELDS, inputOf, PaymentFields, type Typed } from './PaymentFields';
import { unreadable } from './unreadable';

const UpdatePayment = graphql(`
  mutation UpdatePayment($input: UpdatePaymentInput!) {
    updatePayment(input: $input) {
      invoice { ...InvoicePayments }
      userErrors { code message path }
    }
  }
`);

type Props = { payment: PaymentRowFragment; onDone: () => void; onCancel: () => void };

export function EditPayment({ payment, onDone, onCancel }: Props) {
  const [before] = useState(() => typedOf(payment));
  const [typed, setTyped] = useState(before);
  const { submit, isBusy, errorAt, others } = useSubmit(UpdatePayment);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const input = { id: payment.id, ...changed(inputOf(before), inputOf(typed)) };
    if ((await submit(input, unreadable(typed))) === null) return;
    onDone();
  };
  return (
    <form onSubmit={send} aria-label="Edit the payment">
      <PaymentFields
        typed={typed}
        onType={(change) => setTyped({ ...typed, ...change })}
        errorAt={errorAt}
      />
      <Errors messages={others(...FIELDS)} />
      <div className="actions">
        <button type="submit" className="main" aria-disabled={isBusy}>
          Save changes
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

const typedOf = (payment: PaymentRowFragment): Typed => ({
  paymentDate: payment.paymentDate,
  method: payment.method ?? 'other',
  referenceNumber: payment.referenceNumber ?? '',
  notes: payment.notes ?? '',
  amount: plain(payment.amount),
});
