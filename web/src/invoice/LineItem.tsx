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
  /** The line whose form is open. */
  open: string | null;
  onOpen: () => void;
  onDone: (text: string) => void;
};

/** A row of the lines; its form stands in its place. */
export function LineItem({ invoice, line, number, isEditable, open, onOpen, onDone }: Props) {
  // What is typed stays where another has sent the invoice meanwhile: the server says so.
  if (open === line.id) {
    return (
      <tr>
        <td colSpan={7}>
          <EditLine {...{ invoice, line, number, onDone }} />
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <LineCells line={line} currency={invoice.currency} />
      {isEditable && (
        <td className="unprinted">
          {open === null && (
            <div className="actions">
              <button
                type="button"
                className="quiet"
                aria-label={`Edit line ${number}`}
                onClick={onOpen}
              >
                Edit
              </button>
              <RemoveLine {...{ invoice, line, number, onDone }} />
            </div>
          )}
        </td>
      )}
    </tr>
  );
}
