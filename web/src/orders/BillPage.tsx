export default function BillPage() {
  return (
    <section className="page">
      <h1>New invoice</h1>
    </section>
  );
}
