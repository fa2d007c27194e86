import { useState } from 'react';
import { useMayChange } from '../api/useViewer';
import { LineTable, type Sum } from '../lines/LineTable';
import { Said } from '../parts/Said';
import { AddLine } from './AddLine';
import { LineItem } from './LineItem';
import type { Invoice } from './useInvoice';

/** An invoice's lines and sums. Until it is sent they are reviewed here. */
export function LineItems({ invoice }: { invoice: Invoice }) {
  const isEditable = useMayChange() && invoice.canEditLineItems;
  const [isAdding, setAdding] = useState(false);
  const [said, setSaid] = useState<{ text: string } | null>(null);
  const say = (text: string) => setSaid({ text });
  const added = (text: string) => {
    setAdding(false);
    say(text);
  };
  return (
    <section>
      <h2>Lines</h2>
      <Said said={said} />
      <LineTable
        caption={`Lines of ${invoice.fullId}`}
        isEditable={isEditable}
        currency={invoice.currency}
        sums={sumsOf(invoice)}
      >
        {invoice.lineItems.map((line, index) => (
          <LineItem
            key={line.id}
            {...{ invoice, line, isEditable }}
            number={index + 1}
            onDone={say}
          />
        ))}
        {invoice.lineItems.length === 0 && (
          <tr>
            <td colSpan={7} className="hint">
              There are no lines yet. The invoice needs one before it can be sent.
            </td>
          </tr>
        )}
      </LineTable>
      {isEditable && isAdding && <AddLine invoice={invoice} onDone={added} />}
      {isEditable && !isAdding && (
        <p className="unprinted">
          <button type="button" onClick={() => setAdding(true)}>
            Add a line
          </button>
        </p>
      )}
    </section>
  );
}

// On the screen the balance has a section of its own.
const sumsOf = (invoice: Invoice): Sum[] => [
  { name: 'Sub total', amount: invoice.subTotal },
  { name: 'Taxes', amount: invoice.taxTotal },
  { name: 'Total', amount: invoice.total },
  { name: 'Amount paid', amount: invoice.amountPaid, isPrinted: true },
  { name: 'Outstanding balance', amount: invoice.outstandingBalance, isPrinted: true },
];
