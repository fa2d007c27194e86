import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useMayChange } from '../api/useViewer';
import { showDay } from '../format/dates';
import { money } from '../format/money';
import { methods } from '../format/words';
import type { PaymentRowFragment } from '../gql/graphql';
import { DeletePayment } from './DeletePayment';
import { EditPayment } from './EditPayment';

type Props = {
  payment: PaymentRowFragment;
  currency: string;
  onDone: (words: string) => void;
};

/** A payment, which is corrected and deleted where it stands. */
export function PaymentItem({ payment, currency, onDone }: Props) {
  const item = useRef<HTMLLIElement>(null);
  const [doing, setDoing] = useState<'editing' | 'deleting' | null>(null);
  const amount = money(payment.amount, currency);
  // The focus goes along: to the form's first field, and back.
  const turn = (next: typeof doing) => {
    flushSync(() => setDoing(next));
    const { current } = item;
    (current?.querySelector('input') ?? current?.querySelector('button'))?.focus();
  };
  const done = (words: string) => {
    setDoing(null);
    onDone(words);
  };
  if (doing === 'editing') {
    return (
      <li ref={item}>
        <EditPayment
          payment={payment}
          onDone={() => done('The payment has been changed.')}
          onCancel={() => turn(null)}
        />
      </li>
    );
  }
  return (
    <li ref={item}>
      <Payment payment={payment} amount={amount} onTurn={turn} />
      {doing === 'deleting' && (
        <DeletePayment
          payment={payment}
          onDone={() => done(`The payment of ${amount} has been deleted.`)}
          onCancel={() => turn(null)}
        />
      )}
    </li>
  );
}

type PaymentProps = {
  payment: PaymentRowFragment;
  amount: string;
  onTurn: (doing: 'editing' | 'deleting') => void;
};

function Payment({ payment, amount, onTurn }: PaymentProps) {
  const mayChange = useMayChange();
  const day = showDay(payment.paymentDate);
  const how = [payment.method && methods[payment.method], payment.referenceNumber];
  const isForeign = payment.source === 'quickBooks';
  const who = isForeign
    ? 'Recorded in QuickBooks, and changed and deleted there only'
    : `Recorded by ${payment.recordedBy}`;
  return (
    <div className="payment">
      <p>
        <strong className="amount">{amount}</strong> {day}
        {how.some(Boolean) && ` · ${how.filter(Boolean).join(' ')}`}{' '}
        {isForeign && <span className="status sent">QuickBooks</span>}
      </p>
      {payment.notes !== null && <p>{payment.notes}</p>}
      <p className="hint">{who}</p>
      {mayChange && payment.canDelete && (
        <div className="actions">
          <button
            type="button"
            aria-label={`Edit the payment of ${amount}, ${day}`}
            onClick={() => onTurn('editing')}
          >
            Edit
          </button>
          <button
            type="button"
            aria-label={`Delete the payment of ${amount}, ${day}`}
            onClick={() => onTurn('deleting')}
          >
            Delete
          </button>
        </div>
      )}
    </div>
  );
}
