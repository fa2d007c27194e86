import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useViewer } from '../api/useViewer';
import { showDay } from '../format/dates';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import type { AgingQuery } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { DayField, dayIn } from '../parts/DayField';
import { useTitle } from '../parts/useTitle';
import { Report } from './Report';
import '../style/aging.css';

const Aging = graphql(`
  query Aging($asOf: Date) {
    receivablesAging(asOf: $asOf) {
      asOf
      currency
      total { ...AgingRow }
      customers {
        customer { id name }
        ...AgingRow
      }
    }
  }
`);

export default function AgingPage() {
  useTitle('Aging');
  const [params] = useSearchParams();
  const { timeZone } = useViewer().organization;
  const today = todayIn(timeZone);
  const asOf = dayIn(params, 'asOf', today);
  const [query] = useQuery({
    query: Aging,
    variables: { asOf },
    requestPolicy: 'cache-and-network',
  });
  return (
    <section className="page">
      <h1>Aging</h1>
      <div className="actions">
        <DayField label="As of" name="asOf" fallback={today} />
      </div>
      {asOf !== today && (
        <p className="hint">
          The list of invoices shows what is owed today. As of another day, no amount here leads to
          it.
        </p>
      )}
      <Answered query={query}>
        {({ receivablesAging }) => (
          <div aria-busy={query.fetching} className="answer">
            <Reports reports={receivablesAging} asOf={asOf} today={today} />
          </div>
        )}
      </Answered>
    </section>
  );
}

type Props = { reports: AgingQuery['receivablesAging']; asOf: string; today: string };

function Reports({ reports, asOf, today }: Props) {
  if (reports.length === 0) return <p className="nothing">Nothing was owed on {showDay(asOf)}.</p>;
  return reports.map((report) => <Report key={report.currency} report={report} today={today} />);
}
