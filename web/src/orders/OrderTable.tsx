import { showInstant } from '../format/dates';
import { money } from '../format/money';
import type { OrderRowFragment } from '../gql/graphql';
import { useBill } from './useBill';

export function OrderTable({ orders }: { orders: OrderRowFragment[] }) {
  return (
    <div className="scroll">
      <table>
        <caption className="unseen">Orders that are not invoiced</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Customer</th>
            <th scope="col">References</th>
            <th scope="col">Made</th>
            <th scope="col" className="amount">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.id} order={order} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ order }: { order: OrderRowFragment }) {
  const { orderIds, isFull, add, drop } = useBill();
  const isChosen = orderIds.includes(order.id);
  return (
    <tr>
      <th scope="row">
        <label className="tick">
          <input
            type="checkbox"
            checked={isChosen}
            disabled={isFull && !isChosen}
            onChange={() => (isChosen ? drop(order.id) : add(order))}
          />
          {order.fullId}
        </label>
      </th>
      <td>{order.customer.name}</td>
      <td>{[order.poNumber, order.refNumber].filter(Boolean).join(', ')}</td>
      <td>{showInstant(order.createdAt)}</td>
      <td className="amount">{money(order.total, order.currency)}</td>
    </tr>
  );
}
