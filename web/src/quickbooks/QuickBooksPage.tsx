export default function QuickBooksPage() {
  return (
    <section className="page">
      <h1>QuickBooks</h1>
    </section>
  );
}
