import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../gql';
import type { ChosenOrderQuery } from '../gql/graphql';

const ChosenOrder = graphql(`
  query ChosenOrder($fullId: String!) {
    order(by: { fullId: $fullId }) { ...OrderRow lineItems { ...LineRow } }
  }
`);

export type Order = NonNullable<ChosenOrderQuery['order']>;

/** The chosen orders as they are now, in the order chosen; those just chosen are being read. */
export function useChosen(fullIds: string[]): { orders: Order[]; isRead: boolean } {
  const client = useClient();
  const [read, setRead] = useState<{ asked: string; orders: Order[] }>({ asked: '', orders: [] });
  const asked = fullIds.join(',');
  useEffect(() => {
    let isWanted = true;
    const one = (fullId: string) =>
      client
        .query(ChosenOrder, { fullId }, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data }) => data?.order ?? []);
    Promise.all(asked.split(',').filter(Boolean).map(one)).then((orders) => {
      if (isWanted) setRead({ asked, orders: orders.flat() });
    });
    return () => {
      isWanted = false;
    };
  }, [client, asked]);
  const orders = read.orders.filter(({ fullId }) => fullIds.includes(fullId));
  return { orders, isRead: read.asked === asked };
}
