import { Link } from 'react-router';
import { showDay } from '../format/dates';
import { money } from '../format/money';
import { terms } from '../format/words';
import type { InvoiceRowFragment } from '../gql/graphql';
import { Marks } from '../parts/Marks';
import { Status } from '../parts/Status';
import { useBoard } from './useBoard';
import { useFlash } from './useFlash';
import { OPENED_HERE } from './usePay';

/** An invoice in the table. */
export function InvoiceLine({ invoice }: { invoice: InvoiceRowFragment }) {
  const { fullId, customer, currency } = invoice;
  return (
    <tr ref={useFlash(invoice.version)}>
      <th scope="row">
        <Link to={`/invoices/${fullId}`}>{fullId}</Link>
      </th>
      <td className="customer">
        <Link to={`/customers/${customer.id}`} title={customer.name}>
          {customer.name}
        </Link>
      </td>
      <td data-name="Invoice date">{showDay(invoice.invoiceDate)}</td>
      <td data-name="Due date">{showDay(invoice.dueDate)}</td>
      <td data-name="Terms">{terms[invoice.terms]}</td>
      <td className="state">
        <Status invoice={invoice} />
        <Marks invoice={invoice} />
      </td>
      <td className="amount" data-name="Total">
        {money(invoice.total, currency)}
      </td>
      <td className="amount" data-name="Amount paid">
        <AmountPaid invoice={invoice} />
      </td>
      <td className="amount" data-name="Outstanding">
        {money(invoice.outstandingBalance, currency)}
      </td>
    </tr>
  );
}

function AmountPaid({ invoice }: { invoice: InvoiceRowFragment }) {
  const { change } = useBoard();
  const paid = money(invoice.amountPaid, invoice.currency);
  return (
    <button
      type="button"
      className="cell"
      aria-label={`Amount paid ${paid} of ${invoice.fullId}: payments`}
      onClick={() => change({ pay: invoice.fullId }, { state: OPENED_HERE })}
    >
      {paid}
    </button>
  );
}
