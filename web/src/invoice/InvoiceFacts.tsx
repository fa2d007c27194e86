import { Link } from 'react-router';
import { showDay } from '../format/dates';
import { terms } from '../format/words';
import { Fact, Facts } from '../parts/Facts';
import type { Invoice } from './useInvoice';

/** What stands at the head of an invoice. */
export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const { customer, orders } = invoice;
  return (
    <Facts>
      <Fact name="Customer">
        <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
      </Fact>
      <Fact name="Invoice date">{showDay(invoice.invoiceDate)}</Fact>
      <Fact name="Terms">{terms[invoice.terms]}</Fact>
      <Fact name="Due date">{showDay(invoice.dueDate)}</Fact>
      <Fact name="Sent">{invoice.sentAt ? showDay(invoice.sentAt) : 'Not yet'}</Fact>
      {orders.length > 0 && (
        <Fact name="Orders">{orders.map((order) => order.fullId).join(', ')}</Fact>
      )}
      {invoice.notes && <Fact name="Notes">{invoice.notes}</Fact>}
    </Facts>
  );
}
