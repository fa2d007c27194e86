import { type Fetcher, fetcherReturnToPromise } from '@graphiql/toolkit';

const query = `query Ids($fullId: String!) {
  invoice(by: { fullId: $fullId }) { id }
  order(by: { fullId: $fullId }) { id }
  customers(filter: { search: $fullId }) { nodes { id fullId } }
}`;

type Found = { id: string } | null;
type Answer = {
  data?: { invoice: Found; order: Found; customers: { nodes: { id: string; fullId: string }[] } };
};

/** Puts the id in place of each `<id of INVOICE-1>`; what there is not stays as it is. */
export async function withIds(variables: string, fetcher: Fetcher): Promise<string> {
  let text = variables;
  for (const [place, fullId = ''] of variables.matchAll(/<id of ([A-Z]+-\d+)>/g)) {
    text = text.replaceAll(place, (await findId(fullId, fetcher)) ?? place);
  }
  return text;
}

async function findId(fullId: string, fetcher: Fetcher): Promise<string | undefined> {
  const asked = fetcherReturnToPromise(
    fetcher({ query, operationName: 'Ids', variables: { fullId } }),
  );
  const { data }: Answer = await (asked as Promise<Answer>).catch(() => ({}));
  const customer = data?.customers.nodes.find((found) => found.fullId === fullId);
  return (data?.invoice ?? data?.order ?? customer)?.id;
}
