import { type FormEvent, useRef } from 'react';
import { useViewer } from '../api/useViewer';
import { money, plain } from '../format/money';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import type { InvoicePaymentsFragment, RecordPaymentMutation } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { newKey } from '../parts/newKey';
import { useDraft } from '../parts/useDraft';
import { useSubmit } from '../parts/useSubmit';
import { FIELDS, inputOf, PaymentFields, type Typed } from './PaymentFields';
import { unreadable } from './unreadable';

const RecordPaymentDocument = graphql(`
  mutation RecordPayment($input: RecordPaymentInput!) {
    recordPayment(input: $input) {
      alreadyProcessed
      payment { id amount }
      invoice { ...InvoicePayments }
      userErrors { code message path }
    }
  }
`);

// The last of several quick clicks finds the form new already, with what is still owed in it.
const SAME_CLICK_MS = 1_000;

// Its answer was lost, and it was changed before it was sent again.
const RECORDED =
  'This payment is recorded already, as it was before the last change: see below. To record ' +
  'another one, start anew.';

type Payload = NonNullable<RecordPaymentMutation['recordPayment']>;
type Draft = Partial<Typed> & { key: string };
type Props = { invoice: InvoicePaymentsFragment; onDone: (words: string) => void };

/**
 * The form for a payment. What is not typed follows the invoice: the amount is its balance. Where
 * another has paid all of it meanwhile, what is typed stays to be read.
 */
export function RecordPayment({ invoice, onDone }: Props) {
  const { organization } = useViewer();
  const { draft, isKept, change, forget } = useDraft<Draft>(`remit.payment.${invoice.id}`, () => ({
    key: newKey(),
  }));
  const { submit, isBusy, errorAt, others, has, clear } = useSubmit(RecordPaymentDocument);
  const doneAt = useRef(Number.NEGATIVE_INFINITY);
  const { key, ...given } = draft;
  const typed: Typed = {
    paymentDate: todayIn(organization.timeZone),
    method: 'cheque',
    referenceNumber: '',
    notes: '',
    amount: plain(invoice.outstandingBalance),
    ...given,
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isKept && event.timeStamp - doneAt.current < SAME_CLICK_MS) {
      // Nothing is sent: what was said of the first click stays.
      event.stopPropagation();
      return;
    }
    // Sent again, also on another day, it has to be the same payment.
    change(typed);
    const input = { invoiceId: invoice.id, ...inputOf(typed), idempotencyKey: key };
    const answer = await submit(input, unreadable(typed));
    if (answer === null) return;
    doneAt.current = performance.now();
    forget();
    onDone(words(answer, invoice.currency));
  };
  if (!invoice.canRecordPayment && !isKept) return null;
  return (
    <form onSubmit={send} aria-label="Record a payment">
      <h3>Record a payment</h3>
      <PaymentFields typed={typed} onType={change} errorAt={errorAt} />
      <Errors messages={others(...FIELDS, 'idempotencyKey')} />
      {has('IDEMPOTENCY_KEY_REUSED') && <Errors messages={[RECORDED]} />}
      <div className="actions">
        <button type="submit" className="main" aria-disabled={isBusy}>
          Save
        </button>
        {isKept && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              forget();
              clear();
            }}
          >
            Start anew
          </button>
        )}
      </div>
    </form>
  );
}

function words({ alreadyProcessed, payment, invoice }: Payload, currency: string): string {
  const show = (amount: number | undefined) => money(amount ?? 0, currency);
  const done = alreadyProcessed ? 'This payment had been recorded already' : 'Recorded';
  return `${done}: ${show(payment?.amount)}. ${show(invoice?.outstandingBalance)} outstanding.`;
}
