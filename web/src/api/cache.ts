import { cacheExchange } from '@urql/exchange-graphcache';

// Objects without an id of their own live in the object that has them.
const embedded = [
  'ActivityConnection',
  'AgingReport',
  'AgingRow',
  'CustomerConnection',
  'CustomerStatement',
  'InvoiceChange',
  'InvoiceConnection',
  'InvoiceTotals',
  'OrderConnection',
  'Organization',
  'PageInfo',
  'QuickBooksLink',
  'StatementLine',
  'Viewer',
];

const keys = Object.fromEntries(embedded.map((name) => [name, () => null]));

const theOnlyOne = () => 'only';

/** One copy of each object: what a mutation or a change brings shows wherever the object stands. */
export const cache = () =>
  cacheExchange({
    keys: { ...keys, QuickBooksConnection: theOnlyOne },
  });
