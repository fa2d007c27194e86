import { useState } from 'react';
import { useViewer } from '../api/useViewer';
import { cents, fromCents, showCents, written } from '../format/money';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import type { RecordBatchPaymentMutation } from '../gql/graphql';
import { newKey } from '../parts/newKey';
import { useDraft } from '../parts/useDraft';
import { type UserError, useSubmit } from '../parts/useSubmit';
import { inputOf, type Typed } from '../payments/PaymentFields';
import { unreadable, unreadableAmount } from '../payments/unreadable';
import { type Allocations, sumOf } from './allocations';

const RecordBatchPayment = graphql(`
  mutation RecordBatchPayment($input: RecordBatchPaymentInput!) {
    recordBatchPayment(input: $input) {
      alreadyProcessed
      payments { ...PaymentRow }
      invoices { ...InvoiceRow }
      userErrors { code message path }
    }
  }
`);

export type Recorded = NonNullable<RecordBatchPaymentMutation['recordBatchPayment']>;

type Draft = Partial<Typed> & { key: string; allocations: Allocations };

/** A cheque of a customer as it is being entered. Its amount follows the sum until it is typed. */
export function useCheque(customerId: string, currency: string) {
  const { organization } = useViewer();
  const { draft, isKept, change, forget } = useDraft<Draft>(`remit.cheque.${customerId}`, () => ({
    key: newKey(),
    allocations: {},
  }));
  const { submit, clear, ...submitting } = useSubmit(RecordBatchPayment);
  const [isChecked, setChecked] = useState(false);
  const { key, allocations, ...given } = draft;
  const sum = sumOf(allocations);
  const typed: Typed = {
    paymentDate: todayIn(organization.timeZone),
    method: 'cheque',
    referenceNumber: '',
    notes: '',
    amount: sum ? fromCents(sum) : '',
    ...given,
  };

  // What cannot be read is refused at its own place.
  const whole = typed.amount === '' ? 0 : cents(typed.amount);
  const agrees = sum === null || whole === null || sum === whole;
  const disagreement =
    isChecked && !agrees ? `The invoices get ${showCents(sum, currency)} of it` : undefined;

  /** Refusals name an allocation by its place, which holds until others are ticked. */
  const allocate = (next: Allocations) => {
    clear();
    change({ allocations: next });
  };
  const startAnew = () => {
    clear();
    setChecked(false);
    forget();
  };

  const record = async (): Promise<Recorded | null> => {
    setChecked(true);
    if (!agrees) return null;
    // Sent again, also on another day, it has to be the same cheque; its amount is that of its parts.
    const { amount: _, ...receipt } = typed;
    change(receipt);
    const answer = await submit(inputFor(typed, allocations, key), wrongIn(typed, allocations));
    if (answer === null) return null;
    startAnew();
    return answer;
  };

  const doing = { change, allocate, record, startAnew };
  return { typed, allocations, sum, isKept, disagreement, ...submitting, ...doing };
}

function inputFor(typed: Typed, allocations: Allocations, idempotencyKey: string) {
  // What the cheque comes to follows from its parts.
  const { amount: _, ...receipt } = inputOf(typed);
  const parts = Object.entries(allocations).map(([invoiceId, amount]) => ({
    invoiceId,
    amount: written(amount),
  }));
  return { ...receipt, allocations: parts, idempotencyKey };
}

const wrongIn = (typed: Typed, allocations: Allocations): UserError[] => [
  ...unreadable(typed),
  ...Object.values(allocations).flatMap((amount, place) =>
    unreadableAmount(`allocations.${place}.amount`, amount),
  ),
];

export type Cheque = ReturnType<typeof useCheque>;
