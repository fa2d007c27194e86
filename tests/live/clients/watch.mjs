// Watches invoices by the client that the first argument names, at the address that the second
// names. Says when it watches, and for each change its kind and the invoice's balance.
import { ApolloClient, InMemoryCache, gql } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import { pipe, subscribe } from "wonka";

const [, , name, url] = process.argv;
const query = "subscription { invoiceChanged { kind invoice { id outstandingBalance } } }";

const say = (line) => process.stdout.write(`${line}\n`);
const tell = ({ data, error, errors }) => {
  const change = data?.invoiceChanged;
  if (error || errors) say(`error ${JSON.stringify(error ?? errors)}`);
  else say(`${change.kind} ${change.invoice.outstandingBalance}`);
};
const sink = { next: tell, error: (error) => say(`error ${error}`), complete: () => say("complete") };

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
const watching = () => say("watching");

// What they do by themselves, only sooner and for longer.
const socket = () =>
  createSocket({
    url: url.replace("http", "ws"),
    retryAttempts: 1000,
    retryWait: pause,
    // A server that is not there yet is no CloseEvent.
    shouldRetry: () => true,
    on: {
      // A ping after the subscription is answered when that has begun.
      connected: (open) => setTimeout(() => open.send('{"type":"ping"}')),
      pong: (isReceived) => isReceived && watching(),
    },
  });

const watchers = {
  "graphql-ws": () => socket().subscribe({ query }, sink),

  "graphql-sse": () => {
    const client = createEvents({ url, retryAttempts: 1000, retry: pause, on: { connected: watching } });
    client.subscribe({ query }, sink);
  },

  "urql over a websocket": () => {
    const client = socket();
    const forwardSubscription = ({ query, variables }) => ({
      subscribe: (to) => ({ unsubscribe: client.subscribe({ query, variables }, to) }),
    });
    const exchanges = [subscriptionExchange({ forwardSubscription })];
    pipe(new Client({ url, exchanges }).subscription(query, {}), subscribe(tell));
  },

  "urql by events": () => {
    const seen = async (...request) => {
      const response = await fetch(...request);
      watching();
      return response;
    };
    const options = { url, exchanges: [fetchExchange], fetchSubscriptions: true, fetch: seen };
    // It takes the end of a stream for the end of the subscription, which is to be made anew then.
    const watch = () => {
      const results = new Client(options).subscription(query, {});
      const take = (result) => {
        if (result.data && result.hasNext) tell(result);
        if (!result.hasNext) pause().then(watch);
      };
      pipe(results, subscribe(take));
    };
    watch();
  },

  "Apollo Client": () => {
    const client = new ApolloClient({ link: new GraphQLWsLink(socket()), cache: new InMemoryCache() });
    client.subscribe({ query: gql(query) }).subscribe(sink);
  },
};

watchers[name]();
