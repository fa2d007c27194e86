import { money } from '../format/money';
import { BucketLink } from './BucketLink';
import { buckets, nameOf } from './buckets';
import type { AgingReport } from './Report';

type Props = { report: AgingReport; today: string };

/** A bar as long as what is owed, in parts by how late it is; each leads to its invoices. */
export function AgingBar({ report, today }: Props) {
  const { asOf, currency, total } = report;
  const owed = buckets.filter((bucket) => total[bucket] > 0);
  return (
    <ul className="aging-bar" aria-label={`Parts of what is owed in ${currency}`}>
      {owed.map((bucket) => (
        <li key={bucket} className={bucket} style={{ flexGrow: total[bucket] }}>
          <BucketLink owed={{ currency }} bucket={bucket} asOf={asOf} today={today}>
            <span>{nameOf(bucket)}</span> <strong>{money(total[bucket], currency)}</strong>
          </BucketLink>
        </li>
      ))}
    </ul>
  );
}
