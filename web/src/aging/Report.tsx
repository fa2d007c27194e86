import { showDay } from '../format/dates';
import { inCents, money, showCents } from '../format/money';
import type { AgingQuery } from '../gql/graphql';
import { AgingBar } from './AgingBar';
import { AgingTable } from './AgingTable';

export type AgingReport = AgingQuery['receivablesAging'][number];

type Props = { report: AgingReport; today: string };

/** What is owed in one currency. */
export function Report({ report, today }: Props) {
  const { asOf, currency, total } = report;
  const pastDue = inCents(total.outstandingBalance) - inCents(total.current);
  return (
    <section aria-labelledby={`in-${currency}`}>
      <h2 id={`in-${currency}`}>Owed in {currency}</h2>
      <p>
        {money(total.outstandingBalance, currency)} on {showDay(asOf)}, of which{' '}
        {pastDue === 0 ? 'nothing' : showCents(pastDue, currency)} is past due.
      </p>
      <AgingBar report={report} today={today} />
      <AgingTable report={report} today={today} />
    </section>
  );
}
