export default function AgingPage() {
  return (
    <section className="page">
      <h1>Aging</h1>
    </section>
  );
}
