import { useLocation, useNavigationType } from 'react-router';
import { Said } from './Said';

/** Says on this page what was done on the last: `navigate('/', { state: { text } })`. */
export function Arrived() {
  const said = useLocation().state as { text: string } | null;
  // Who goes back, or loads the page again, has heard it.
  const isNew = useNavigationType() !== 'POP';
  return <Said said={isNew && said?.text !== undefined ? said : null} />;
}
