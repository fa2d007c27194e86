import { graphql } from '../gql';

/** An order as one chooses it to be billed. */
export const OrderRow = graphql(`
  fragment OrderRow on Order {
    id
    fullId
    customer { id name currency terms }
    poNumber
    refNumber
    currency
    subTotal
    taxTotal
    total
    createdAt
    invoice { id fullId }
  }
`);
