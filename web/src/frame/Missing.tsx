import { Link } from 'react-router';
import { useTitle } from '../parts/useTitle';

export function Missing() {
  useTitle('No such page');
  return (
    <section className="page">
      <h1>There is no such page</h1>
      <p>
        <Link to="/">Back to the invoices</Link>
      </p>
    </section>
  );
}
