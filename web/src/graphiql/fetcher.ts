import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { authorization } from '../api/key';

/** Asks the server as who has the key; subscriptions go over a socket at the same address. */
export function fetcherFor(key: string | null): Fetcher {
  return createGraphiQLFetcher({
    url: '/graphql',
    headers: authorization(key),
    subscriptionUrl: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    wsConnectionParams: authorization(key),
    enableIncrementalDelivery: false,
  });
}
