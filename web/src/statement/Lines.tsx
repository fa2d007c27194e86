import { Link } from 'react-router';
import { showDay } from '../format/dates';
import { money } from '../format/money';
import type { CustomerStatementQuery } from '../gql/graphql';

type Node = NonNullable<CustomerStatementQuery['node']>;
type Account = Extract<Node, { __typename: 'Customer' }>['statement'];

/** What was charged and what was received, with the balance after each. */
export function Lines({ statement }: { statement: Account }) {
  const { from, to, currency, openingBalance, lines, closingBalance } = statement;
  return (
    <div className="scroll">
      <table>
        <caption>
          Statement from {showDay(from)} to {showDay(to)}, in {currency}
        </caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Description</th>
            <th scope="col" className="amount">
              Charge
            </th>
            <th scope="col" className="amount">
              Credit
            </th>
            <th scope="col" className="amount">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          <Balance name="Opening balance" day={from} amount={money(openingBalance, currency)} />
          {lines.map((line) => (
            <Line key={line.payment?.id ?? line.invoice?.id} line={line} currency={currency} />
          ))}
        </tbody>
        <tfoot>
          <Balance name="Closing balance" day={to} amount={money(closingBalance, currency)} />
        </tfoot>
      </table>
    </div>
  );
}

function Line({ line, currency }: { line: Account['lines'][number]; currency: string }) {
  const { date, description, invoice, payment, charge, credit, balance } = line;
  const fullId = invoice?.fullId ?? payment?.invoice.fullId;
  return (
    <tr>
      <td>{showDay(date)}</td>
      <td>
        <Link to={`/invoices/${fullId}`}>{description}</Link>
      </td>
      <td className="amount">{charge != null && money(charge, currency)}</td>
      <td className="amount">{credit != null && money(credit, currency)}</td>
      <td className="amount">{money(balance, currency)}</td>
    </tr>
  );
}

function Balance({ name, day, amount }: { name: string; day: string; amount: string }) {
  return (
    <tr>
      <td>{showDay(day)}</td>
      <th scope="row" colSpan={3}>
        {name}
      </th>
      <td className="amount">{amount}</td>
    </tr>
  );
}
