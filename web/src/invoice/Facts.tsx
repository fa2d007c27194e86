import { Link } from 'react-router';
import { showDay } from '../format/dates';
import { terms } from '../format/words';
import type { Invoice } from './useInvoice';

/** What stands at the head of an invoice. */
export function Facts({ invoice }: { invoice: Invoice }) {
  const { customer, orders } = invoice;
  return (
    <dl className="particulars">
      <div>
        <dt>Customer</dt>
        <dd>
          <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
        </dd>
      </div>
      <Fact name="Invoice date" value={showDay(invoice.invoiceDate)} />
      <Fact name="Terms" value={terms[invoice.terms]} />
      <Fact name="Due date" value={showDay(invoice.dueDate)} />
      <Fact name="Sent" value={invoice.sentAt ? showDay(invoice.sentAt) : 'Not yet'} />
      {orders.length > 0 && (
        <Fact name="Orders" value={orders.map((order) => order.fullId).join(', ')} />
      )}
      {invoice.notes && <Fact name="Notes" value={invoice.notes} />}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
