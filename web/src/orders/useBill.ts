import { useSearchParams } from 'react-router';
import type { OrderRowFragment } from '../gql/graphql';

// As many as the server finds by their ids at once.
const ORDERS_MAX = 100;

/** The address of the page: who is billed, for which orders, and which orders are looked at. */
export function useBill() {
  const [params, setParams] = useSearchParams();
  const customerId = params.get('customer') || null;
  // They are somebody's: without a customer there are none.
  const listed = customerId === null ? '' : (params.get('orders') ?? '');
  const orderIds = [...new Set(listed.split(',').filter(Boolean))].slice(0, ORDERS_MAX);

  function change(values: Record<string, string | null>, replace = false): void {
    setParams(
      (now) => {
        for (const [name, value] of Object.entries(values)) {
          if (value) now.set(name, value);
          else now.delete(name);
        }
        return now;
      },
      { replace },
    );
  }

  const choose = (customer: string | null, orders: string[]) =>
    change({ customer, orders: orders.join(','), after: null, before: null });
  // Orders are billed together with those of the same customer only.
  const chosenOf = (customer: string | null) => (customer === customerId ? orderIds : []);
  return {
    customerId,
    orderIds,
    isFull: orderIds.length === ORDERS_MAX,
    search: params.get('search') ?? '',
    after: params.get('after'),
    before: params.get('before'),
    change,
    pick: (customer: string | null) => choose(customer, chosenOf(customer)),
    add: ({ id, customer }: OrderRowFragment) =>
      choose(customer.id, [...chosenOf(customer.id), id]),
    drop: (id: string) =>
      choose(
        customerId,
        orderIds.filter((one) => one !== id),
      ),
  };
}
