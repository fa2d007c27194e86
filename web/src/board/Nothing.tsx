import { Link } from 'react-router';
import { useMayChange } from '../api/useViewer';
import { countFilters, withoutFilters } from './boardUrl';
import { useBoard } from './useBoard';

/** Why the board is empty, and what to do about it. */
export function Nothing({ totalCount }: { totalCount: number }) {
  const { params, change } = useBoard();
  const mayChange = useMayChange();
  if (totalCount > 0) {
    return (
      <p className="nothing">
        There is nothing on this page any more. <FirstPage onPress={() => change({})} />
      </p>
    );
  }
  if (countFilters(params) > 0) {
    return (
      <p className="nothing">
        No invoice matches.{' '}
        <button type="button" onClick={() => change(withoutFilters)}>
          Show all invoices
        </button>
      </p>
    );
  }
  return (
    <p className="nothing">
      There are no invoices yet. {mayChange && <Link to="/bill">New invoice</Link>}
    </p>
  );
}

export function FirstPage({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" onClick={onPress}>
      First page
    </button>
  );
}
