import { useId } from 'react';
import { showDay } from '../format/dates';
import { cents, money, showCents } from '../format/money';
import type { InvoiceRowFragment } from '../gql/graphql';
import { type Allocations, toggled, typedFor } from './allocations';
import type { Cheque } from './useCheque';

type Props = { cheque: Cheque; invoices: InvoiceRowFragment[]; currency: string };

/** Where refusals of these invoices' allocations stand in the input. */
export const placesOf = (allocations: Allocations, ids: string[]): string[] =>
  Object.keys(allocations).flatMap((id, place) =>
    ids.includes(id) ? [`allocations.${place}.amount`, `allocations.${place}.invoiceId`] : [],
  );

/** The open invoices, with what each gets of the cheque. */
export function AllocationTable({ cheque, invoices, currency }: Props) {
  const { allocations, sum, typed } = cheque;
  const left = (cents(typed.amount) ?? 0) - (sum ?? 0);
  const gone = Object.keys(allocations).filter((id) => !invoices.some((one) => one.id === id));
  return (
    <div className="scroll">
      <table className="cards">
        <caption>Open invoices, due first</caption>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Due date</th>
            <th scope="col" className="amount">
              Outstanding balance
            </th>
            <th scope="col" className="amount">
              Of this cheque
            </th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((invoice) => (
            <Line key={invoice.id} cheque={cheque} invoice={invoice} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {Object.keys(allocations).length} of {invoices.length} invoices
              {gone.length > 0 && `, ${gone.length} of them not open any more`}
            </th>
            <td className="amount">
              <output>
                {showCents(sum ?? 0, currency)}
                {left !== 0 && ` · ${remainder(left, currency)}`}
              </output>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const remainder = (left: number, currency: string): string =>
  left > 0
    ? `${showCents(left, currency)} left`
    : `${showCents(-left, currency)} more than the cheque`;

function Line({ cheque, invoice }: { cheque: Cheque; invoice: InvoiceRowFragment }) {
  const id = useId();
  const { allocations, allocate, typed, errorAt } = cheque;
  const place = Object.keys(allocations).indexOf(invoice.id);
  const error = placesOf(allocations, [invoice.id]).map(errorAt).find(Boolean);
  return (
    <tr>
      <th scope="row">
        <label className="tick">
          <input
            type="checkbox"
            checked={place >= 0}
            onChange={() => allocate(toggled(allocations, invoice, cents(typed.amount)))}
          />
          {invoice.fullId}
        </label>
      </th>
      <td>
        {showDay(invoice.dueDate)}
        {invoice.isOverdue && <span className="mark bad">Overdue</span>}
      </td>
      <td className="amount" data-name="Outstanding balance">
        {money(invoice.outstandingBalance, invoice.currency)}
      </td>
      <td className="amount">
        <input
          className="amount"
          inputMode="decimal"
          autoComplete="off"
          aria-label={`Amount for ${invoice.fullId}`}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error && `${id}-said`}
          value={allocations[invoice.id] ?? ''}
          onChange={(event) => allocate(typedFor(allocations, invoice.id, event.target.value))}
        />
        {error && (
          <p id={`${id}-said`} className="error">
            {error}
          </p>
        )}
      </td>
    </tr>
  );
}
