import { graphql } from '../gql';

/** A payment as the payments section shows it. */
export const PaymentRow = graphql(`
  fragment PaymentRow on Payment {
    id
    paymentDate
    method
    referenceNumber
    notes
    amount
    source
    canDelete
    recordedBy
  }
`);
