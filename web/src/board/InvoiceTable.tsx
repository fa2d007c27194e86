import { showDay } from '../format/dates';
import { money } from '../format/money';
import { statuses, terms } from '../format/words';
import type { InvoiceRowFragment } from '../gql/graphql';

export function InvoiceTable({ rows }: { rows: InvoiceRowFragment[] }) {
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Customer</th>
            <th scope="col">Invoice date</th>
            <th scope="col">Due date</th>
            <th scope="col">Terms</th>
            <th scope="col">Status</th>
            <th scope="col" className="amount">
              Total
            </th>
            <th scope="col" className="amount">
              Amount paid
            </th>
            <th scope="col" className="amount">
              Outstanding balance
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: InvoiceRowFragment }) {
  return (
    <tr>
      <th scope="row">{row.fullId}</th>
      <td>{row.customer.name}</td>
      <td>{showDay(row.invoiceDate)}</td>
      <td>
        {showDay(row.dueDate)}
        {row.isOverdue && <span className="mark bad">{row.daysPastDue} days overdue</span>}
      </td>
      <td>{terms[row.terms]}</td>
      <td>
        <span className={`status ${row.status}`}>{statuses[row.status]}</span>
      </td>
      <td className="amount">{money(row.total, row.currency)}</td>
      <td className="amount">{money(row.amountPaid, row.currency)}</td>
      <td className="amount">{money(row.outstandingBalance, row.currency)}</td>
    </tr>
  );
}
