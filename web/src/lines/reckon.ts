import { meanings } from '../format/money';
import type { LineDraft } from './lineDraft';

export type Sums = { subTotalCents: number; taxTotalCents: number };

/**
 * What a typed line will come to, as the server works it out: amount and tax each rounded to whole
 * cents, half away from zero. Null where it is no line yet.
 */
export function reckon(draft: LineDraft): Sums | null {
  const quantity = tenThousandths(draft.quantity);
  const rate = tenThousandths(draft.rate);
  const taxRate = tenThousandths(draft.taxRate);
  if (quantity === null || rate === null || taxRate === null) return null;
  const amount = inMillionths(quantity * rate);
  return { subTotalCents: Number(amount), taxTotalCents: Number(inMillionths(amount * taxRate)) };
}

function tenThousandths(text: string): bigint | null {
  const found = /^(-?)(\d{1,12})(?:[.,](\d{1,4}))?$/.exec(text.trim());
  if (found === null || meanings(text) !== null) return null;
  const [, sign = '', units = '', fraction = ''] = found;
  return BigInt(sign + units + fraction.padEnd(4, '0'));
}

function inMillionths(value: bigint): bigint {
  const half = value < 0n ? -500_000n : 500_000n;
  return (value + half) / 1_000_000n;
}
