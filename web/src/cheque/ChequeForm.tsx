import type { FormEvent } from 'react';
import { cents, showCents } from '../format/money';
import type { InvoiceRowFragment } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { FIELDS, PaymentFields } from '../payments/PaymentFields';
import { AllocationTable, placesOf } from './AllocationTable';
import { spread } from './allocations';
import { type Recorded, useCheque } from './useCheque';

type Props = {
  customerId: string;
  /** What is open, in the order of due dates. */
  invoices: InvoiceRowFragment[];
  currency: string;
  onDone: (recorded: Recorded) => void;
};

// Its answer was lost, and it was changed before it was sent again.
const RECORDED =
  'This cheque is recorded already, as it was before the last change: the invoices say what they ' +
  'got of it. To record another one, start anew.';

export function ChequeForm({ customerId, invoices, currency, onDone }: Props) {
  const cheque = useCheque(customerId, currency);
  const { typed, allocations, sum, errorAt } = cheque;
  const whole = cents(typed.amount);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const recorded = await cheque.record();
    if (recorded !== null) onDone(recorded);
  };
  const places = placesOf(
    allocations,
    invoices.map(({ id }) => id),
  );
  return (
    <form onSubmit={send} aria-label="Record a cheque" className="cheque">
      <PaymentFields
        typed={typed}
        onType={cheque.change}
        errorAt={(path) => (path === 'amount' ? cheque.disagreement : undefined) ?? errorAt(path)}
      />
      {whole !== null && whole !== sum && (
        <button type="button" onClick={() => cheque.allocate(spread(whole, invoices))}>
          Spread {showCents(whole, currency)} over the oldest first
        </button>
      )}
      <AllocationTable cheque={cheque} invoices={invoices} currency={currency} />
      <Errors messages={cheque.others(...FIELDS, ...places, 'idempotencyKey')} />
      {cheque.has('IDEMPOTENCY_KEY_REUSED') && <Errors messages={[RECORDED]} />}
      <div className="actions">
        <button type="submit" className="main" aria-disabled={cheque.isBusy}>
          Save
        </button>
        {cheque.isKept && (
          <button type="button" className="quiet" onClick={cheque.startAnew}>
            Start anew
          </button>
        )}
      </div>
    </form>
  );
}
