import { graphql } from '../gql';

/** The connection as its page shows it; every mutation about it asks for the same. */
export const Connection = graphql(`
  fragment Connection on QuickBooksConnection {
    isConnected
    companyName
    realmId
    connectedAt
    lastSyncedAt
    needsReconnect
    pendingExports
    problems
  }
`);
