import { boardUrl } from '../board/boardUrl';
import { addDays } from '../format/dates';
import type { AgingRowFragment } from '../gql/graphql';

export type Bucket = keyof Pick<
  AgingRowFragment,
  'current' | 'days1To30' | 'days31To60' | 'days61To90' | 'over90'
>;

/** From and to how many days past due. */
type Range = { name: string; from?: number; to?: number };

const ranges: Record<Bucket, Range> = {
  current: { name: 'Not yet due', to: 0 },
  days1To30: { name: '1–30 days', from: 1, to: 30 },
  days31To60: { name: '31–60 days', from: 31, to: 60 },
  days61To90: { name: '61–90 days', from: 61, to: 90 },
  over90: { name: 'Over 90 days', from: 91 },
};

export const buckets = Object.keys(ranges) as Bucket[];

export const nameOf = (bucket: Bucket): string => ranges[bucket].name;

/** What is owed in one currency, by all customers or by one. */
export type Owed = { currency: string; customer?: string };

/** The board with the invoices that are in the bucket today, or in any of them. */
export function bucketUrl(today: string, { currency, customer }: Owed, bucket?: Bucket): string {
  const { from, to } = bucket === undefined ? {} : ranges[bucket];
  return boardUrl({
    status: ['sent', 'partiallyPaid'],
    currency: [currency],
    ...(customer !== undefined && { customer }),
    // What is dated later is not owed yet.
    invoiceTo: today,
    ...(to !== undefined && { dueFrom: addDays(today, -to) }),
    ...(from !== undefined && { dueTo: addDays(today, -from) }),
  });
}
