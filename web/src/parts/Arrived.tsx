import { useLocation } from 'react-router';
import { Said, type Saying } from './Said';

/** Says on this page what was done on the last: `navigate('/', { state: { words } })`. */
export function Arrived() {
  const saying = useLocation().state as Saying;
  return <Said saying={saying?.words === undefined ? null : saying} />;
}
