import { type NavigateOptions, useSearchParams } from 'react-router';
import { type Change, changed } from './boardUrl';

/** The board's address, and how to change it. */
export function useBoard() {
  const [params, setParams] = useSearchParams();
  /** Going back leads to what was before, but not through every letter of a search. */
  const change = (next: Change, options?: NavigateOptions) =>
    setParams((now) => changed(now, next), options);
  const first = (name: string) => params.get(name) ?? '';
  return { params, change, first };
}
