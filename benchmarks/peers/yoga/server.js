// GraphQL Yoga with graphql-jit, and a DataLoader for each relation, as their documentation shows.
import { createServer } from 'node:http';

import { useGraphQlJit } from '@envelop/graphql-jit';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';

import { batches, resolvers, typeDefs } from '../rows.js';

const byFirst = (batch) => {
  const made = new Map();
  return (first) => {
    if (!made.has(first)) made.set(first, new DataLoader(batch(first)));
    return made.get(first);
  };
};

const loaders = () => ({
  customer: new DataLoader(batches.customer),
  address: new DataLoader(batches.address),
  lineItems: new DataLoader(batches.lineItems),
  payments: new DataLoader(batches.payments),
  activity: byFirst(batches.activity),
  invoices: byFirst(batches.invoices),
});

const address = (key) => (row, _arguments, context) =>
  row[key] === null ? null : context.address.load(row[key]);

const yoga = createYoga({
  schema: createSchema({
    typeDefs,
    resolvers: {
      ...resolvers,
      Invoice: {
        ...resolvers.Invoice,
        customer: (row, _arguments, context) => context.customer.load(row.customerId),
        remitToAddress: address('remitToAddressId'),
        billToAddress: address('billToAddressId'),
        lineItems: (row, _arguments, context) => context.lineItems.load(row.id),
        payments: (row, _arguments, context) => context.payments.load(row.id),
        activity: async (row, { first }, context) => ({
          nodes: await context.activity(first).load(row.id),
        }),
      },
      Customer: {
        invoices: async (row, { first }, context) => ({
          nodes: await context.invoices(first).load(row.id),
        }),
      },
    },
  }),
  context: loaders,
  graphiql: false,
  logging: false,
  plugins: [useGraphQlJit()],
});

createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
