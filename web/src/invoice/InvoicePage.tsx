import { Link, useParams } from 'react-router';
import { Activity } from '../activity/Activity';
import { Documents } from '../documents/Documents';
import { Answered } from '../parts/Answered';
import { useTitle } from '../parts/useTitle';
import { Payments } from '../payments/Payments';
import '../style/invoice.css';
import { Addresses } from './Addresses';
import { Heading } from './Heading';
import { InvoiceFacts } from './InvoiceFacts';
import { LineItems } from './LineItems';
import { Outdated } from './Outdated';
import { QuickBooks } from './QuickBooks';
import { type Invoice, useInvoice } from './useInvoice';

export default function InvoicePage() {
  const { fullId = '' } = useParams();
  useTitle(fullId);
  const query = useInvoice(fullId);
  return (
    <Answered query={query}>
      {({ invoice }) =>
        invoice ? <Sheet key={invoice.id} invoice={invoice} /> : <NoInvoice fullId={fullId} />
      }
    </Answered>
  );
}

function Sheet({ invoice }: { invoice: Invoice }) {
  return (
    <article className="page invoice">
      <Heading invoice={invoice} />
      <Outdated invoice={invoice} />
      <div className="columns">
        <div>
          <InvoiceFacts invoice={invoice} />
          <Addresses invoice={invoice} />
          <LineItems invoice={invoice} />
          <section className="unprinted">
            <h2>Balance</h2>
            <Payments fullId={invoice.fullId} />
          </section>
          <Documents invoice={invoice} />
        </div>
        <aside>
          <QuickBooks invoice={invoice} />
          <Activity fullId={invoice.fullId} />
        </aside>
      </div>
    </article>
  );
}

function NoInvoice({ fullId }: { fullId: string }) {
  return (
    <section className="page">
      <h1>There is no {fullId}</h1>
      <p>It may have been deleted. Numbers of deleted invoices are not used again.</p>
      <p>
        <Link to="/">Back to the invoices</Link>
      </p>
    </section>
  );
}
