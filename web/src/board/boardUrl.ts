import { isDay } from '../format/dates';
import { cents, written } from '../format/money';
import { quickBooksStates, statuses, terms } from '../format/words';
import type {
  BoardQueryVariables,
  InvoiceFilter,
  InvoiceOrderField,
  InvoiceStatus,
  PaymentTerms,
  QuickBooksState,
} from '../gql/graphql';

/** What narrows the board, as it stands in the address. */
export type Filters = {
  search?: string;
  status?: InvoiceStatus[];
  customer?: string;
  terms?: PaymentTerms[];
  currency?: string[];
  overdue?: 'yes';
  invoiceFrom?: string;
  invoiceTo?: string;
  dueFrom?: string;
  dueTo?: string;
  outstandingMin?: string;
  outstandingMax?: string;
  quickBooks?: QuickBooksState[];
};

const FILTERS = [
  'search',
  'status',
  'customer',
  'terms',
  'currency',
  'overdue',
  'invoiceFrom',
  'invoiceTo',
  'dueFrom',
  'dueTo',
  'outstandingMin',
  'outstandingMax',
  'quickBooks',
] as const satisfies (keyof Filters)[];

export type Change = Record<string, string | string[] | undefined>;

/** The address of the board with these filters. */
export const boardUrl = (filters: Filters): string =>
  `/?${changed(new URLSearchParams(), filters)}`;

/** The parameters with some of them changed. Another filter or order begins at the first page. */
export function changed(params: URLSearchParams, change: Change): URLSearchParams {
  const next = new URLSearchParams(params);
  const page = 'pay' in change ? [] : ['after', 'before'];
  for (const name of [...page, ...Object.keys(change)]) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    for (const one of [value ?? ''].flat()) if (one !== '') next.append(name, one);
  }
  return next;
}

export const withoutFilters: Change = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** How many filters narrow the board. */
export const countFilters = (params: URLSearchParams, names: readonly string[] = FILTERS): number =>
  names.filter((name) => params.has(name)).length;

export const ROWS = [25, 50, 100];

export const rowsOf = (params: URLSearchParams): number =>
  ROWS.find((rows) => String(rows) === params.get('rows')) ?? 25;

/** What the server is asked for. What is not understood in the address is as if it were absent. */
export function variablesOf(params: URLSearchParams): BoardQueryVariables {
  const rows = rowsOf(params);
  const before = params.get('before');
  const page =
    before === null ? { first: rows, after: params.get('after') } : { last: rows, before };
  const order = orderOf(params);
  return { filter: filterOf(params), orderBy: order === null ? null : [order], ...page };
}

export function filterOf(params: URLSearchParams): InvoiceFilter {
  const all = (name: string) => orNone(params.getAll(name));
  return {
    search: params.get('search')?.trim() || undefined,
    status: known(statuses, params.getAll('status')),
    customerId: all('customer'),
    terms: known(terms, params.getAll('terms')),
    currency: orNone(params.getAll('currency').filter(isCurrency)),
    isOverdue: params.has('overdue') || undefined,
    invoiceDate: { from: day(params, 'invoiceFrom'), to: day(params, 'invoiceTo') },
    dueDate: { from: day(params, 'dueFrom'), to: day(params, 'dueTo') },
    outstandingBalance: {
      min: amount(params, 'outstandingMin'),
      max: amount(params, 'outstandingMax'),
    },
    quickBooksState: known(quickBooksStates, params.getAll('quickBooks')),
  };
}

const isCurrency = (code: string) => /^[A-Z]{3}$/.test(code);

const SORTED = [
  'fullId',
  'customerName',
  'invoiceDate',
  'dueDate',
  'status',
  'total',
  'amountPaid',
  'outstandingBalance',
] as const satisfies InvoiceOrderField[];

export type Sorted = (typeof SORTED)[number];

/** `dueDate` in the address is ascending, `-dueDate` descending. Without it: newest first. */
export function orderOf(params: URLSearchParams) {
  const text = params.get('sort') ?? '';
  const field = SORTED.find((name) => name === text.replace('-', ''));
  if (field === undefined) return null;
  return { field, direction: text.startsWith('-') ? ('desc' as const) : ('asc' as const) };
}

function known<Value extends string>(words: Record<Value, string>, values: string[]) {
  return orNone(values.filter((value): value is Value => Object.hasOwn(words, value)));
}

// An empty list would match nothing.
const orNone = <Value>(values: Value[]) => (values.length === 0 ? undefined : values);

function day(params: URLSearchParams, name: string): string | undefined {
  const text = params.get(name) ?? '';
  return isDay(text) ? text : undefined;
}

function amount(params: URLSearchParams, name: string): string | undefined {
  const text = params.get(name) ?? '';
  return cents(text) === null ? undefined : written(text);
}
