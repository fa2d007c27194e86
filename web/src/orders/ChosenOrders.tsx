import { Link } from 'react-router';
import { money } from '../format/money';
import { Answered } from '../parts/Answered';
import { Said } from '../parts/Said';
import { useSaid } from '../parts/useSaid';
import { useBill } from './useBill';
import type { Chosen, Order } from './useChosen';

type Props = { chosen: Chosen; errorAt: (path: string) => string | undefined };

/** The orders that are being billed, whichever page of the list they are on. */
export function ChosenOrders({ chosen: { query, orders }, errorAt }: Props) {
  const { orderIds, drop } = useBill();
  const { said, say } = useSaid();
  const leaveOut = (id: string, name: string) => {
    drop(id);
    say(`${name} is left out.`);
  };
  const item = (id: string) => {
    const at = orders.findIndex((order) => order.id === id);
    const order = orders[at];
    const name = order?.fullId ?? 'The order';
    const error = errorAt(`orderIds.${at}`);
    return (
      <li key={id}>
        {order === undefined ? missing(query.fetching) : <Summary order={order} />}
        <button
          type="button"
          className="quiet"
          aria-label={`Leave out ${name}`}
          onClick={() => leaveOut(id, name)}
        >
          Leave out
        </button>
        {error !== undefined && (
          <p role="alert" className="error">
            {error}
          </p>
        )}
      </li>
    );
  };
  return (
    <>
      <Said said={said} />
      {orderIds.length > 0 && (
        <Answered query={query}>
          {() => (
            <ul className="chosen" aria-label="Chosen orders">
              {orderIds.map(item)}
            </ul>
          )}
        </Answered>
      )}
    </>
  );
}

const missing = (isAsked: boolean) => (isAsked ? 'Loading…' : 'There is no such order.');

function Summary({ order: { fullId, invoice, total, currency } }: { order: Order }) {
  return (
    <>
      <strong>{fullId}</strong>{' '}
      {invoice === null ? (
        <span>{money(total, currency)}</span>
      ) : (
        <span>
          is on <Link to={`/invoices/${invoice.fullId}`}>{invoice.fullId}</Link> already.
        </span>
      )}
    </>
  );
}
