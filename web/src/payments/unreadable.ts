import { isDay } from '../format/dates';
import { isAmount, meanings } from '../format/money';
import type { UserError } from '../parts/useSubmit';
import type { Typed } from './PaymentFields';

/** What the API could not even read, to be said where it was typed. */
export const unreadable = ({ paymentDate, amount }: Typed): UserError[] => [
  ...unreadableDay('paymentDate', paymentDate),
  ...unreadableAmount('amount', amount),
];

/** A year that is typed with two digits is one of the first century. */
export function unreadableDay(path: string, text: string): UserError[] {
  if (isDay(text)) return [];
  return [wrong(path, text === '' ? 'Choose a day' : 'A year has four digits, such as 2026')];
}

export function unreadableAmount(path: string, text: string): UserError[] {
  if (!isAmount(text)) return [wrong(path, 'An amount is written with digits, such as 94.50')];
  const two = meanings(text);
  if (two === null) return [];
  return [wrong(path, `“${text.trim()}” may mean two amounts: write ${two.join(' or ')}`)];
}

const wrong = (path: string, message: string): UserError => ({
  code: 'INVALID_INPUT',
  message,
  path: ['input', ...path.split('.')],
});
