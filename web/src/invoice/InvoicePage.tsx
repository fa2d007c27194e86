export default function InvoicePage() {
  return (
    <section className="page">
      <h1>Invoice</h1>
    </section>
  );
}
