import type { ReactNode } from 'react';
import { orderOf, type Sorted } from './boardUrl';
import { useBoard } from './useBoard';

type Props = { field: Sorted; isAmount?: true; children: ReactNode };

/** A column's head: pressed it sorts upwards, then downwards, then newest first again. */
export function Sortable({ field, isAmount, children }: Props) {
  const { params, change } = useBoard();
  const order = orderOf(params);
  const direction = order?.field === field ? order.direction : 'none';
  const next = { none: field, asc: `-${field}`, desc: '' }[direction];
  const spoken = { none: 'none', asc: 'ascending', desc: 'descending' } as const;
  return (
    <th scope="col" aria-sort={spoken[direction]} className={isAmount && 'amount'}>
      <button type="button" className="sort" onClick={() => change({ sort: next })}>
        {children}
      </button>
    </th>
  );
}
