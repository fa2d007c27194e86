import '../style/lines.css';
import type { ReactNode } from 'react';
import { showQuantity, showRate } from '../format/decimal';
import { money } from '../format/money';
import { lineItemTypes } from '../format/words';
import type { LineRowFragment } from '../gql/graphql';

type Shown = Omit<LineRowFragment, 'id' | '__typename'>;

export type Sum = { name: string; amount: number; isPrinted?: true };

type Props = {
  caption: string;
  /** Whether its rows end in buttons. */
  isEditable?: boolean;
  children: ReactNode;
  sums: Sum[];
  currency: string;
};

export function LineTable({ caption, isEditable = false, children, sums, currency }: Props) {
  return (
    <div className="scroll">
      <table className="lines">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Description</th>
            <th scope="col" className="amount">
              Quantity
            </th>
            <th scope="col" className="amount">
              Rate
            </th>
            <th scope="col" className="amount">
              Tax rate
            </th>
            <th scope="col" className="amount">
              Amount
            </th>
            {isEditable && (
              <th scope="col" className="unprinted">
                Change
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        <tfoot>
          {sums.map(({ name, amount, isPrinted }) => (
            <tr key={name} className={isPrinted && 'printed'}>
              <th scope="row" colSpan={5} className="amount">
                {name}
              </th>
              <td className="amount">{money(amount, currency)}</td>
              {isEditable && <td className="unprinted" />}
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}

/** What a line says, before its buttons. */
export function LineCells({ line, currency }: { line: Shown; currency: string }) {
  return (
    <>
      <td>{lineItemTypes[line.type]}</td>
      <td className="wrapped">{line.description}</td>
      <td className="amount" data-name="Quantity">
        {showQuantity(line.quantity)}
      </td>
      <td className="amount" data-name="Rate">
        {showRate(line.rate)}
      </td>
      <td className="amount" data-name="Tax rate">
        {showQuantity(line.taxRate)} %
      </td>
      <td className="amount sum">{money(line.amount, currency)}</td>
    </>
  );
}
