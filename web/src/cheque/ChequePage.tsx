export default function ChequePage() {
  return (
    <section className="page">
      <h1>One cheque over many invoices</h1>
    </section>
  );
}
