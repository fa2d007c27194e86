import { Link } from 'react-router';

export function Missing() {
  return (
    <section className="page">
      <h1>There is no such page</h1>
      <p>
        <Link to="/">Back to the invoices</Link>
      </p>
    </section>
  );
}
