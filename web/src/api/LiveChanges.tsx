import { useSubscription } from 'urql';
import { graphql } from '../gql';

const InvoiceChanged = graphql(`
  subscription InvoiceChanged {
    invoiceChanged {
      invoice {
        id
        ...InvoiceRow
      }
    }
  }
`);

/** Brings what others change to every page: the invoice itself at once, lists and sums soon after. */
export function LiveChanges() {
  useSubscription({ query: InvoiceChanged });
  return null;
}
