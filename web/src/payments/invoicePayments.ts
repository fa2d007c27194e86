import { graphql } from '../gql';

/** An invoice with what has been paid; every mutation of a payment asks for the same. */
export const InvoicePayments = graphql(`
  fragment InvoicePayments on Invoice {
    ...InvoiceRow
    payments { ...PaymentRow }
  }
`);
