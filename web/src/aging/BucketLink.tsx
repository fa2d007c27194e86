import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type Bucket, bucketUrl, type Owed } from './buckets';

type Props = {
  owed: Owed;
  bucket?: Bucket;
  asOf: string;
  today: string;
  children: ReactNode;
};

/** Leads to the invoices of a bucket. They are known as they are today, and of no other day. */
export function BucketLink({ owed, bucket, asOf, today, children }: Props) {
  if (asOf !== today) return <span>{children}</span>;
  return <Link to={bucketUrl(today, owed, bucket)}>{children}</Link>;
}
