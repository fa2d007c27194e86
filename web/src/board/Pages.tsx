import type { BoardQuery } from '../gql/graphql';
import { ROWS, rowsOf } from './boardUrl';
import { useBoard } from './useBoard';

type Props = {
  invoices: BoardQuery['invoices'];
  /** Whether another page or order is on its way: to turn from this one would lead nowhere. */
  isBusy: boolean;
};

/** From page to page, and where one is. */
export function Pages({ invoices, isBusy }: Props) {
  const { params, change } = useBoard();
  const { pageInfo, nodes, totalCount } = invoices;
  const turn = (cursor: { after: string } | { before: string }) => {
    if (isBusy) return;
    change(cursor);
    scrollTo(0, 0);
  };
  return (
    <nav className="pages" aria-label="Pages of invoices">
      <span>{where(nodes.length, totalCount, pageInfo)}</span>
      <button
        type="button"
        aria-disabled={!pageInfo.hasPreviousPage}
        onClick={() => pageInfo.hasPreviousPage && turn({ before: pageInfo.startCursor ?? '' })}
      >
        Previous
      </button>
      <button
        type="button"
        aria-disabled={!pageInfo.hasNextPage}
        onClick={() => pageInfo.hasNextPage && turn({ after: pageInfo.endCursor ?? '' })}
      >
        Next
      </button>
      <label>
        Rows a page
        <select value={rowsOf(params)} onChange={(event) => change({ rows: event.target.value })}>
          {ROWS.map((rows) => (
            <option key={rows}>{rows}</option>
          ))}
        </select>
      </label>
    </nav>
  );
}

/** Rows come and go: only from the first page and the last one it is known how far away it is. */
function where(shown: number, total: number, { hasPreviousPage, hasNextPage }: PageEnds): string {
  const count = total.toLocaleString();
  if (!hasPreviousPage) return `1–${shown.toLocaleString()} of ${count}`;
  if (!hasNextPage) return `${(total - shown + 1).toLocaleString()}–${count} of ${count}`;
  return `${shown} of ${count}`;
}

type PageEnds = { hasPreviousPage: boolean; hasNextPage: boolean };
