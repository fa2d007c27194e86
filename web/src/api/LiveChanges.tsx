import { useEffect } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../gql';
import { useSession } from './ApiProvider';

const InvoiceChanged = graphql(`
  subscription InvoiceChanged {
    invoiceChanged {
      kind
      invoiceId
      occurredAt
      invoice {
        id
        ...InvoiceRow
      }
    }
  }
`);

/** Brings what others change to every page: the invoice itself at once, lists and sums soon after. */
export function LiveChanges() {
  const { api } = useSession();
  const [{ data }] = useSubscription({ query: InvoiceChanged });
  useEffect(() => {
    if (data !== undefined) api.readSoon();
  }, [api, data]);
  return null;
}
