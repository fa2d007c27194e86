import { useId, useRef } from 'react';
import { showDay } from '../format/dates';
import { cents, money, showCents } from '../format/money';
import type { InvoiceRowFragment } from '../gql/graphql';
import { Overdue } from '../parts/Overdue';
import { type Allocations, toggled, typedFor, without } from './allocations';
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
  const ticked = Object.keys(allocations);
  // Somebody else has paid them meanwhile.
  const gone = ticked.filter((id) => !invoices.some((one) => one.id === id));
  const total = useRef<HTMLOutputElement>(null);
  const leaveOut = () => {
    cheque.allocate(without(allocations, gone));
    total.current?.focus();
  };
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
              {ticked.length - gone.length} of {invoices.length} invoices
              {gone.length > 0 && (
                <>
                  , and {gone.length} not open any more{' '}
                  <button type="button" onClick={leaveOut}>
                    {gone.length === 1 ? 'Leave it out' : 'Leave them out'}
                  </button>
                </>
              )}
            </th>
            <td className="amount">
              <output ref={total} tabIndex={-1}>
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
        <Overdue invoice={invoice} />
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
          <p id={`${id}-said`} role="alert" className="error">
            {error}
          </p>
        )}
      </td>
    </tr>
  );
}
