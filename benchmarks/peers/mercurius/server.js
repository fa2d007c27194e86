// Mercurius with its own loaders and graphql-jit, as its documentation shows.
import Fastify from 'fastify';
import mercurius from 'mercurius';

import { batches, resolvers, typeDefs } from '../rows.js';

// Mercurius hands a loader one entry for each parent: asked by distinct ids, answered by parent.
const loader = (batchOf, key, answer = (children) => children) => ({
  loader: async (queries) => {
    const ids = [...new Set(queries.map(({ obj }) => obj[key]))].filter((id) => id !== null);
    const found = await batchOf(queries[0].params)(ids);
    const byId = new Map(ids.map((id, place) => [id, found[place]]));
    return queries.map(({ obj }) => answer(byId.get(obj[key]) ?? null));
  },
  opts: { cache: false },
});
const page = (children) => ({ nodes: children });

const app = Fastify({ logger: false });
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  jit: 1,
  graphiql: false,
  loaders: {
    Invoice: {
      customer: loader(() => batches.customer, 'customerId'),
      remitToAddress: loader(() => batches.address, 'remitToAddressId'),
      billToAddress: loader(() => batches.address, 'billToAddressId'),
      lineItems: loader(() => batches.lineItems, 'id'),
      payments: loader(() => batches.payments, 'id'),
      activity: loader(({ first }) => batches.activity(first), 'id', page),
    },
    Customer: {
      invoices: loader(({ first }) => batches.invoices(first), 'id', page),
    },
  },
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
