import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useViewer } from '../api/useViewer';
import { addDays } from '../format/dates';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import { Answered } from '../parts/Answered';
import { DayField, dayIn } from '../parts/DayField';
import { Lines } from './Lines';

// By another way than the customer itself: what is refused of these days leaves it as it is.
const CustomerStatement = graphql(`
  query CustomerStatement($id: ID!, $from: Date!, $to: Date!) {
    node(id: $id) {
      ... on Customer {
        id
        statement(from: $from, to: $to) {
          from
          to
          currency
          openingBalance
          lines {
            date
            description
            invoice { id fullId }
            payment { id invoice { id fullId } }
            charge
            credit
            balance
          }
          closingBalance
        }
      }
    }
  }
`);

const DAYS = 90;

/** A customer's account over the days that stand in the address. */
export function Statement({ customer }: { customer: { id: string } }) {
  const [params] = useSearchParams();
  const today = todayIn(useViewer().organization.timeZone);
  const start = addDays(today, -DAYS);
  const days = { from: dayIn(params, 'from', start), to: dayIn(params, 'to', today) };
  const [query] = useQuery({
    query: CustomerStatement,
    variables: { id: customer.id, ...days },
    requestPolicy: 'cache-and-network',
  });
  const refused = query.error?.graphQLErrors.find(
    ({ extensions }) => extensions.code === 'BAD_USER_INPUT',
  );
  return (
    <>
      <div className="actions days">
        <DayField label="From" name="from" fallback={start} error={refused?.message} />
        <DayField label="To" name="to" fallback={today} />
      </div>
      {refused === undefined && (
        <Answered query={query}>
          {({ node }) =>
            node?.__typename === 'Customer' && (
              <div aria-busy={query.fetching} className="answer">
                <Lines statement={node.statement} />
              </div>
            )
          }
        </Answered>
      )}
    </>
  );
}
