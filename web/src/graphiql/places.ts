import { type Fetcher, fetcherReturnToPromise } from '@graphiql/toolkit';
import { addDays } from '../format/dates';
import { todayIn } from '../format/today';
import { newKey } from '../parts/newKey';

const query = `query Places {
  viewer { organization { timeZone } }
  invoices(
    filter: { status: [sent, partiallyPaid] }
    orderBy: [{ field: outstandingBalance, direction: desc }]
    first: 1
  ) { nodes { id customer { id } } }
  orders(filter: { isInvoiced: false }, first: 1) { nodes { id } }
}`;

type Nodes<Node> = { nodes: Node[] };
type Data = {
  viewer: { organization: { timeZone: string } };
  invoices: Nodes<{ id: string; customer: { id: string } }>;
  orders: Nodes<{ id: string }>;
};

/** Puts into an example's variables what this organization has for each `<id of an open order>`. */
export async function filled(variables: string, fetcher: Fetcher): Promise<string> {
  if (!variables.includes('<')) return variables;
  const found = await find(fetcher).catch(() => ({}) as Record<string, string>);
  // What there is not stays as it is.
  return variables.replace(/<([^>]+)>/g, (place, name) => found[name] ?? place);
}

async function find(fetcher: Fetcher): Promise<Record<string, string | undefined>> {
  const asked = fetcherReturnToPromise(fetcher({ query, operationName: 'Places' }));
  const { viewer, invoices, orders } = ((await asked) as { data: Data }).data;
  const today = todayIn(viewer.organization.timeZone);
  return {
    'id of an open invoice': invoices.nodes[0]?.id,
    'id of a customer who owes': invoices.nodes[0]?.customer.id,
    'id of an open order': orders.nodes[0]?.id,
    today,
    '90 days ago': addDays(today, -90),
    'a new key': newKey(),
  };
}
