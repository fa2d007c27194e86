import { graphql } from '../gql';

/** What is owed, by how late it is. */
export const AgingRow = graphql(`
  fragment AgingRow on AgingRow {
    current
    days1To30
    days31To60
    days61To90
    over90
    outstandingBalance
  }
`);
