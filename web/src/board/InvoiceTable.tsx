import type { BoardQuery } from '../gql/graphql';
import { InvoiceLine } from './InvoiceLine';
import { Sortable } from './Sortable';
import { Totals } from './Totals';

export function InvoiceTable({ invoices }: { invoices: BoardQuery['invoices'] }) {
  return (
    <div className="scroll">
      <table className="board cards">
        <thead>
          <tr>
            <Sortable field="fullId">Invoice</Sortable>
            <Sortable field="customerName">Customer</Sortable>
            <Sortable field="invoiceDate">Invoice date</Sortable>
            <Sortable field="dueDate">Due date</Sortable>
            <th scope="col">Terms</th>
            <Sortable field="status">Status</Sortable>
            <Sortable field="total" isAmount>
              Total
            </Sortable>
            <Sortable field="amountPaid" isAmount>
              Amount paid
            </Sortable>
            <Sortable field="outstandingBalance" isAmount>
              Outstanding balance
            </Sortable>
          </tr>
        </thead>
        <tbody>
          {invoices.nodes.map((invoice) => (
            <InvoiceLine key={invoice.id} invoice={invoice} />
          ))}
        </tbody>
        <Totals totals={invoices.totals} />
      </table>
    </div>
  );
}
