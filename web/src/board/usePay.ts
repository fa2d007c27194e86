import { useLocation, useNavigate } from 'react-router';
import { useBoard } from './useBoard';

/** Says of an address that the board before it is one step back. */
export const OPENED_HERE = { isOpenedHere: true };

/** The invoice whose payments are open, as the address says, and how to close them. */
export function usePay() {
  const { params, change } = useBoard();
  const navigate = useNavigate();
  const state = useLocation().state as Partial<typeof OPENED_HERE> | null;
  const close = () => {
    if (state?.isOpenedHere) navigate(-1);
    else change({ pay: '' }, { replace: true });
  };
  return { pay: params.get('pay'), close };
}
