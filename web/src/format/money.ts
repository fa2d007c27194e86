const formats = new Map<string, Intl.NumberFormat>();

/** An amount as the viewer writes it: `$1,234.50`, `1.234,50 CA$`. */
export function money(amount: number, currency: string): string {
  let format = formats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format.format(amount);
}

/** An amount as the API takes it, to fill a field with: `1234.50`. */
export const plain = (amount: number): string => amount.toFixed(2);

/** Whole cents, to add up what a person has typed; null where that is no amount. */
export function cents(text: string): number | null {
  const found = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (found === null) return null;
  const [, units = '0', fraction = ''] = found;
  return Number(units) * 100 + Number(fraction.padEnd(2, '0'));
}

/** What a person has typed as the API takes it; a comma is a point to many. */
export const written = (text: string): string => text.trim().replace(',', '.');

/**
 * The two numbers that a text may mean where `1,250` is a thousand to some, and one and a quarter
 * to others, as the API takes them; null where it means one.
 */
export function meanings(text: string): [string, string] | null {
  const found = /^(-?[1-9]\d{0,2})(?:,(\d{3})|\.(\d\d0))$/.exec(text.trim());
  if (found === null) return null;
  const [, before = '', afterComma, afterPoint] = found;
  const after = afterComma ?? afterPoint ?? '';
  return [before + after, `${before}.${after}`.replace(/\.?0+$/, '')];
}

/** Whole cents of an amount that the API has answered, to add up exactly. */
export const inCents = (amount: number): number => Math.round(amount * 100);

/** Whole cents as the API takes an amount: `1234.50`. */
export const fromCents = (whole: number): string => plain(whole / 100);

/** Whole cents as the viewer writes an amount. */
export const showCents = (whole: number, currency: string): string => money(whole / 100, currency);

/** Whether the API could read it as an amount; whether it takes it, it says itself. */
export const isAmount = (text: string): boolean => /^-?\d{1,12}(?:[.,]\d+)?$/.test(text.trim());
