import { useQuery } from 'urql';
import { graphql } from '../gql';
import type { ChosenOrdersQuery } from '../gql/graphql';
import { useBill } from './useBill';

const ChosenOrdersDocument = graphql(`
  query ChosenOrders($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Order { ...OrderRow lineItems { ...LineRow } } }
  }
`);

type Node = NonNullable<ChosenOrdersQuery['nodes'][number]>;

export type Order = Extract<Node, { __typename: 'Order' }>;

const isOrder = (node: Node | null): node is Order => node?.__typename === 'Order';

/** The chosen orders as they are now, in the order chosen. */
export function useChosen() {
  const { orderIds } = useBill();
  const [query] = useQuery({
    query: ChosenOrdersDocument,
    variables: { ids: orderIds },
    pause: orderIds.length === 0,
    requestPolicy: 'cache-and-network',
  });
  // While others are being read, those of the last answer are still known.
  const found = query.data?.nodes.filter(isOrder) ?? [];
  const orders = orderIds.flatMap((id) => found.find((order) => order.id === id) ?? []);
  return { query, orders };
}

export type Chosen = ReturnType<typeof useChosen>;
