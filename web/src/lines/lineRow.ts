import { graphql } from '../gql';

/** A line of an order or an invoice, as a table shows it. */
export const LineRow = graphql(`
  fragment LineRow on FinancialLineItem {
    id
    type
    description
    quantity
    rate
    taxRate
    amount
  }
`);
