import { money } from '../format/money';
import type { BoardQuery } from '../gql/graphql';

type Props = { totals: BoardQuery['invoices']['totals'] };

/** What all matching invoices come to, on this page or not. */
export function Totals({ totals }: Props) {
  return (
    <tfoot>
      {totals.map(({ currency, count, total, amountPaid, outstandingBalance }) => (
        <tr key={currency}>
          <th scope="row" colSpan={6}>
            All in {currency}: {count.toLocaleString()} {count === 1 ? 'invoice' : 'invoices'}
          </th>
          <td className="amount" data-name="Total">
            {money(total, currency)}
          </td>
          <td className="amount" data-name="Amount paid">
            {money(amountPaid, currency)}
          </td>
          <td className="amount" data-name="Outstanding">
            {money(outstandingBalance, currency)}
          </td>
        </tr>
      ))}
    </tfoot>
  );
}
