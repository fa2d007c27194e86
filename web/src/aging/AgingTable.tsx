import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { money } from '../format/money';
import type { AgingRowFragment } from '../gql/graphql';
import { BucketLink } from './BucketLink';
import { buckets, nameOf, type Owed } from './buckets';
import type { AgingReport } from './Report';

type Props = { report: AgingReport; today: string };

export function AgingTable({ report, today }: Props) {
  const { asOf, currency, customers, total } = report;
  const days = { asOf, today };
  return (
    <div className="scroll">
      <table>
        <caption>Owed in {currency}, by customer and days past due</caption>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            {buckets.map((bucket) => (
              <th key={bucket} scope="col" className="amount">
                {nameOf(bucket)}
              </th>
            ))}
            <th scope="col" className="amount">
              Outstanding balance
            </th>
          </tr>
        </thead>
        <tbody>
          {customers.map(
            ({ customer, ...row }) =>
              customer !== null && (
                <Row
                  key={customer.id}
                  row={row}
                  owed={{ currency, customer: customer.id }}
                  {...days}
                >
                  <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
                </Row>
              ),
          )}
        </tbody>
        <tfoot>
          <Row row={total} owed={{ currency }} {...days}>
            All customers
          </Row>
        </tfoot>
      </table>
    </div>
  );
}

type RowProps = {
  row: AgingRowFragment;
  owed: Owed;
  asOf: string;
  today: string;
  /** Who owes it. */
  children: ReactNode;
};

function Row({ row, owed, asOf, today, children }: RowProps) {
  const days = { asOf, today };
  return (
    <tr>
      <th scope="row" className="wrapped">
        {children}
      </th>
      {buckets.map((bucket) => (
        <td key={bucket} className="amount">
          {row[bucket] > 0 ? (
            <BucketLink owed={owed} bucket={bucket} {...days}>
              {money(row[bucket], owed.currency)}
            </BucketLink>
          ) : (
            <span className="hint">{money(0, owed.currency)}</span>
          )}
        </td>
      ))}
      <td className="amount">
        <BucketLink owed={owed} {...days}>
          {money(row.outstandingBalance, owed.currency)}
        </BucketLink>
      </td>
    </tr>
  );
}
