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
  const [read, setRead] = useState<Record<string, Order | null>>({});
  const asked = fullIds.join(',');
  useEffect(() => {
    const one = (fullId: string) =>
      client
        .query(ChosenOrder, { fullId }, { requestPolicy: 'cache-and-network' })
        .subscribe(({ data }) => {
          // Without an answer it is not known: it is asked for again when the line is back.
          if (data) setRead((now) => ({ ...now, [fullId]: data.order }));
        });
    const reading = asked.split(',').filter(Boolean).map(one);
    return () => {
      for (const { unsubscribe } of reading) unsubscribe();
    };
  }, [client, asked]);
  const orders = fullIds.flatMap((fullId) => read[fullId] ?? []);
  return { orders, isRead: fullIds.every((fullId) => fullId in read) };
}
