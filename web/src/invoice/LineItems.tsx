import { useState } from 'react';
import { useMayChange } from '../api/useViewer';
import { LineTable, type Sum } from '../lines/LineTable';
import { Said } from '../parts/Said';
import { useSaid } from '../parts/useSaid';
import { AddLine } from './AddLine';
import { LineItem } from './LineItem';
import type { Invoice } from './useInvoice';

/** Stands for the id of the line that is being added. */
const ADDED = 'added';

/** An invoice's lines and sums. Until it is sent they are reviewed here. */
export function LineItems({ invoice }: { invoice: Invoice }) {
  const isEditable = useMayChange() && invoice.canEditLineItems;
  // One form at a time, and nothing is removed meanwhile: a second one would be refused, as if
  // somebody else had changed the invoice.
  const [chosen, setOpen] = useState<string | null>(null);
  // Somebody else may have removed the line.
  const isThere = chosen === ADDED || invoice.lineItems.some(({ id }) => id === chosen);
  const open = isThere ? chosen : null;
  const { said, say } = useSaid();
  const done = (text: string) => {
    setOpen(null);
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
            open={open}
            onOpen={() => setOpen(line.id)}
            onDone={done}
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
      {open === ADDED && <AddLine invoice={invoice} onDone={done} />}
      {isEditable && open === null && (
        <p className="unprinted">
          <button type="button" onClick={() => setOpen(ADDED)}>
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
