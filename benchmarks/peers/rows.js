// The data layer of both hand-written peers: `pg` with named prepared statements, one statement for
// all parents of a level, and columns that leave SQL by the names the API gives them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// Each peer has `pg` in its own node_modules.
const require = createRequire(join(process.cwd(), 'server.js'));
const pg = require('pg');

// Dates, instants and 64-bit integers stay text, and are formatted only where they are asked for.
for (const type of [1082, 1114, 1184, 1700, 20]) pg.types.setTypeParser(type, (text) => text);

const pool = new pg.Pool({ max: 10, options: '-c TimeZone=UTC' });
const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;

export const typeDefs = readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8');

const STATUSES = ['created', 'sent', 'partiallyPaid', 'paid'];
const RANKS = { created: 0, sent: 1, partiallyPaid: 2, paid: 3 };

const INVOICE = `i.id, 'INVOICE-' || i.number AS "fullId", i.status, i.notes,
  i.invoice_date AS "invoiceDate", i.terms, i.due_date AS "dueDate", i.sent_at AS "sentAt",
  i.currency, i.sub_total_cents AS "subTotal", i.tax_total_cents AS "taxTotal",
  i.total_cents AS total, i.amount_paid_cents AS "amountPaid",
  i.outstanding_balance_cents AS "outstandingBalance", i.version::int AS version,
  i.created_at AS "createdAt", i.customer_id AS "customerId",
  i.remit_to_address_id AS "remitToAddressId", i.bill_to_address_id AS "billToAddressId"`;
const CUSTOMER = `c.id, 'CUST-' || c.number AS "fullId", c.name, c.email`;
const LIVE = 'i.organization_id = 1 AND i.deleted_at IS NULL';

// Whole cents as a decimal text: by cutting the digits, without arithmetic.
const scaled = (places) => (text) => {
  const isNegative = text[0] === '-';
  const digits = (isNegative ? text.slice(1) : text).padStart(places + 1, '0');
  const point = digits.length - places;
  return `${isNegative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
};
const cents = scaled(2);
const e4 = scaled(4);
const instant = (text) => new Date(text.replace(' ', 'T').replace('+00', 'Z')).toISOString();

export const invoices = (first, filter) =>
  rows(
    'invoices',
    `SELECT ${INVOICE} FROM invoices i
     WHERE ${LIVE} AND i.customer_id = $1 AND i.status = $2
     ORDER BY i.invoice_date DESC, i.id DESC LIMIT $3`,
    [filter.customerId[0], RANKS[filter.status[0]], first],
  );

export const invoice = async (id) =>
  (await rows('invoice', `SELECT ${INVOICE} FROM invoices i WHERE ${LIVE} AND i.id = $1`, [id]))[0];

export const customers = (first) =>
  rows(
    'customers',
    `SELECT ${CUSTOMER} FROM customers c WHERE c.organization_id = 1
     ORDER BY c.name_folded, c.id LIMIT $1`,
    [first],
  );

export const recordPayment = async (input) => {
  const [whole, hundredths = ''] = input.amount.split('.');
  try {
    const [paid] = await rows(
      'pay',
      `SELECT ${INVOICE} FROM bench.record_payment($1, $2, $3, $4, $5) AS i`,
      [
        input.invoiceId,
        whole + hundredths.padEnd(2, '0'),
        input.method,
        input.referenceNumber,
        input.idempotencyKey,
      ],
    );
    return { invoice: paid, userErrors: [] };
  } catch (error) {
    // What the function raises itself is a refusal; the message is its code.
    if (error.code !== 'P0001') throw error;
    return { invoice: null, userErrors: [{ code: error.message, message: error.message }] };
  }
};

const oneOf = (name, text) => async (ids) => {
  const found = new Map((await rows(name, text, [ids])).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
};

const manyOf = (name, text, ...values) => async (ids) => {
  const groups = new Map(ids.map((id) => [id, []]));
  for (const row of await rows(name, text, [ids, ...values])) groups.get(row.parentId).push(row);
  return ids.map((id) => groups.get(id));
};

// For each relation: from the ids of all parents to their children, in the same order.
export const batches = {
  customer: oneOf(
    'customer',
    `SELECT ${CUSTOMER} FROM customers c WHERE c.organization_id = 1 AND c.id = ANY($1)`,
  ),
  address: oneOf(
    'address',
    `SELECT id, company_name AS "companyName", address1, address2, city,
       state_code AS "stateCode", postal_code AS "postalCode", country_code AS "countryCode"
     FROM addresses WHERE organization_id = 1 AND id = ANY($1)`,
  ),
  lineItems: manyOf(
    'lineItems',
    `SELECT invoice_id AS "parentId", id, type, description, quantity_e4 AS quantity,
       rate_e4 AS rate, tax_rate_e4 AS "taxRate", amount_cents AS amount,
       tax_amount_cents AS "taxAmount", total_cents AS total
     FROM line_items
     WHERE organization_id = 1 AND invoice_id = ANY($1) AND deleted_at IS NULL
     ORDER BY invoice_id, position, id`,
  ),
  payments: manyOf(
    'payments',
    `SELECT invoice_id AS "parentId", id, payment_date AS "paymentDate", method,
       reference_number AS "referenceNumber", amount_cents AS amount, recorded_by AS "recordedBy"
     FROM payments
     WHERE organization_id = 1 AND invoice_id = ANY($1) AND deleted_at IS NULL
     ORDER BY payment_date DESC, id DESC`,
  ),
  activity: (first) =>
    manyOf(
      'activity',
      `SELECT a.* FROM unnest($1::text[]) AS p (id) CROSS JOIN LATERAL (
         SELECT invoice_id AS "parentId", id, kind, message, actor,
           occurred_at AS "occurredAt"
         FROM activities WHERE organization_id = 1 AND invoice_id = p.id
         ORDER BY occurred_at DESC, id DESC LIMIT $2) AS a`,
      first,
    ),
  invoices: (first) =>
    manyOf(
      'invoicesOfCustomers',
      `SELECT p.* FROM unnest($1::text[]) AS c (id) CROSS JOIN LATERAL (
         SELECT i.customer_id AS "parentId", ${INVOICE} FROM invoices i
         WHERE ${LIVE} AND i.customer_id = c.id
         ORDER BY i.created_at DESC, i.id DESC LIMIT $2) AS p`,
      first,
    ),
};

const formatted = (format, ...names) =>
  Object.fromEntries(names.map((name) => [name, (row) => format(row[name])]));

export const resolvers = {
  Query: {
    invoices: async (_root, { first, filter }) => ({ nodes: await invoices(first, filter) }),
    invoice: (_root, { by }) => invoice(by.id),
    customers: async (_root, { first }) => ({ nodes: await customers(first) }),
  },
  Mutation: { recordPayment: (_root, { input }) => recordPayment(input) },
  Invoice: {
    status: (row) => STATUSES[row.status],
    ...formatted(instant, 'createdAt'),
    ...formatted(cents, 'subTotal', 'taxTotal', 'total', 'amountPaid', 'outstandingBalance'),
  },
  FinancialLineItem: {
    ...formatted(e4, 'quantity', 'rate', 'taxRate'),
    ...formatted(cents, 'amount', 'taxAmount', 'total'),
  },
  Payment: formatted(cents, 'amount'),
  Activity: formatted(instant, 'occurredAt'),
};
