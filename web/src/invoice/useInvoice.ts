import { useClient, useQuery } from 'urql';
import { graphql } from '../gql';
import type { InvoiceSheetFragment } from '../gql/graphql';

export type Invoice = InvoiceSheetFragment;

const InvoiceDocument = graphql(`
  query Invoice($fullId: String!) {
    invoice(by: { fullId: $fullId }) { ...InvoiceSheet }
  }
`);

export const useInvoice = (fullId: string) =>
  useQuery({
    query: InvoiceDocument,
    variables: { fullId },
    requestPolicy: 'cache-and-network',
  })[0];

/** Reads an invoice as it is now, for who has been told that it has changed. */
export function useReadAgain() {
  const client = useClient();
  return async (fullId: string): Promise<Invoice | null> => {
    const asked = client.query(InvoiceDocument, { fullId }, { requestPolicy: 'network-only' });
    const { data, error } = await asked.toPromise();
    return error === undefined ? (data?.invoice ?? null) : null;
  };
}
