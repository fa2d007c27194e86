export default function StatementPage() {
  return (
    <section className="page">
      <h1>Statement</h1>
    </section>
  );
}
