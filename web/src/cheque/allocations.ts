import { cents, fromCents, inCents } from '../format/money';
import type { InvoiceRowFragment } from '../gql/graphql';

/** What is typed of a cheque for each invoice, by its id. It is sent in this order. */
export type Allocations = Record<string, string>;

const balance = (invoice: InvoiceRowFragment) => inCents(invoice.outstandingBalance);

/** Whole cents that the allocations come to; null where one of them is no amount. */
export function sumOf(allocations: Allocations): number | null {
  const all = Object.values(allocations).map(cents);
  return all.includes(null) ? null : all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** So many cents over the invoices, in their order, until nothing is left. */
export function spread(whole: number, invoices: InvoiceRowFragment[]): Allocations {
  const allocations: Allocations = {};
  let left = whole;
  for (const invoice of invoices) {
    const part = Math.min(left, balance(invoice));
    if (part > 0) allocations[invoice.id] = fromCents(part);
    left -= part;
  }
  return allocations;
}

/** The invoice ticked or not. Ticked it gets its balance, or what the cheque still has for it. */
export function toggled(
  allocations: Allocations,
  invoice: InvoiceRowFragment,
  chequeCents: number | null,
): Allocations {
  const { [invoice.id]: before, ...others } = allocations;
  if (before !== undefined) return others;
  const left = (chequeCents ?? 0) - (sumOf(allocations) ?? 0);
  const part = left > 0 ? Math.min(left, balance(invoice)) : balance(invoice);
  return { ...others, [invoice.id]: fromCents(part) };
}

/** What is left of them without these invoices. */
export const without = (allocations: Allocations, ids: string[]): Allocations =>
  Object.fromEntries(Object.entries(allocations).filter(([id]) => !ids.includes(id)));

/** An emptied amount is no allocation. */
export function typedFor(allocations: Allocations, invoiceId: string, text: string): Allocations {
  const { [invoiceId]: _, ...others } = allocations;
  return text === '' ? others : { ...allocations, [invoiceId]: text };
}
