import { Link } from 'react-router';
import { money } from '../format/money';
import { useBill } from './useBill';
import type { Order } from './useChosen';

type Props = {
  orders: Order[];
  isRead: boolean;
  errorAt: (path: string) => string | undefined;
};

/** The orders that are being billed, whichever page of the list they are on. */
export function ChosenOrders({ orders, isRead, errorAt }: Props) {
  const { fullIds, drop } = useBill();
  if (fullIds.length === 0) return null;
  return (
    <ul className="chosen" aria-label="Chosen orders">
      {fullIds.map((fullId) => {
        const at = orders.findIndex((order) => order.fullId === fullId);
        const error = at >= 0 ? errorAt(`orderIds.${at}`) : undefined;
        return (
          <li key={fullId}>
            <strong>{fullId}</strong> <Said order={orders[at]} isRead={isRead} />
            <button
              type="button"
              className="quiet"
              aria-label={`Leave out ${fullId}`}
              onClick={() => drop(fullId)}
            >
              Leave out
            </button>
            {error !== undefined && <p className="error">{error}</p>}
          </li>
        );
      })}
    </ul>
  );
}

function Said({ order, isRead }: { order: Order | undefined; isRead: boolean }) {
  if (order === undefined) return <span>{isRead ? 'There is no such order.' : 'Loading…'}</span>;
  if (order.invoice === null) return <span>{money(order.total, order.currency)}</span>;
  const { fullId } = order.invoice;
  return (
    <span>
      is on <Link to={`/invoices/${fullId}`}>{fullId}</Link> already.
    </span>
  );
}
