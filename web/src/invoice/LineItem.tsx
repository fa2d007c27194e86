import { useState } from 'react';
import type { LineRowFragment } from '../gql/graphql';
import { LineCells } from '../lines/LineTable';
import { EditLine } from './EditLine';
import { RemoveLine } from './RemoveLine';
import type { Invoice } from './useInvoice';

type Props = {
  invoice: Invoice;
  line: LineRowFragment;
  /** Its place, from 1: what people call it. */
  number: number;
  isEditable: boolean;
  onDone: (text: string) => void;
};

/** A row of the lines; its form stands in its place. */
export function LineItem({ invoice, line, number, isEditable, onDone }: Props) {
  const [isOpen, setOpen] = useState(false);
  const done = (text: string) => {
    setOpen(false);
    onDone(text);
  };
  if (isEditable && isOpen) {
    return (
      <tr>
        <td colSpan={7}>
          <EditLine {...{ invoice, line, number }} onDone={done} />
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <LineCells line={line} currency={invoice.currency} />
      {isEditable && (
        <td className="unprinted">
          <div className="actions">
            <button
              type="button"
              className="quiet"
              aria-label={`Edit line ${number}`}
              onClick={() => setOpen(true)}
            >
              Edit
            </button>
            <RemoveLine {...{ invoice, line, number }} onDone={done} />
          </div>
        </td>
      )}
    </tr>
  );
}
