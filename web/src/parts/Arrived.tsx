import { useLocation } from 'react-router';
import { Said } from './Said';

/** Says on this page what was done on the last: `navigate('/', { state: { text } })`. */
export function Arrived() {
  const said = useLocation().state as { text: string } | null;
  return <Said said={said?.text === undefined ? null : said} />;
}
