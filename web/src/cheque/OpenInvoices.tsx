import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { inCents, money, showCents } from '../format/money';
import { graphql } from '../gql';
import type { InvoiceRowFragment } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Said } from '../parts/Said';
import { Status } from '../parts/Status';
import { ChequeForm } from './ChequeForm';
import type { Recorded } from './useCheque';

// As many as one cheque may pay.
const OpenInvoicesDocument = graphql(`
  query OpenInvoices($customerId: ID!) {
    customer(id: $customerId) { id name currency }
    invoices(
      filter: { customerId: [$customerId], outstandingBalance: { min: 0.01 } }
      orderBy: [{ field: dueDate }, { field: fullId }]
      first: 100
    ) {
      totalCount
      nodes { ...InvoiceRow }
    }
  }
`);

/** What a customer owes, and the cheque that pays it. */
export function OpenInvoices({ customerId }: { customerId: string }) {
  const [done, setDone] = useState<Done | null>(null);
  const [query] = useQuery({
    query: OpenInvoicesDocument,
    variables: { customerId },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answered query={query}>
      {({ customer, invoices }) => {
        if (customer === null) return <p className="notice">There is no such customer.</p>;
        // Until they are read again, those that the cheque has paid are still among them.
        const open = invoices.nodes.filter(({ canRecordPayment }) => canRecordPayment);
        return (
          <>
            <Said said={done} />
            {done !== null && <Paid invoices={done.invoices} />}
            {open.length === 0 && <p className="notice">{customer.name} has no open invoices.</p>}
            {invoices.totalCount > 100 && (
              <p className="notice">
                {customer.name} has {invoices.totalCount} open invoices. These are the 100 that are
                due first, as many as one cheque may pay.
              </p>
            )}
            {open.length > 0 && (
              <ChequeForm
                customerId={customerId}
                invoices={open}
                currency={customer.currency}
                onDone={(recorded) => setDone(doneOf(recorded, customer.currency))}
              />
            )}
          </>
        );
      }}
    </Answered>
  );
}

type Done = { text: string; invoices: InvoiceRowFragment[] };

function doneOf({ alreadyProcessed, payments, invoices }: Recorded, currency: string): Done {
  const sum = (payments ?? []).reduce((cents, { amount }) => cents + inCents(amount), 0);
  const done = alreadyProcessed ? 'This cheque had been recorded already' : 'Recorded';
  const count = invoices?.length ?? 0;
  const text = `${done}: ${showCents(sum, currency)} over ${count} ${count === 1 ? 'invoice' : 'invoices'}.`;
  return { text, invoices: invoices ?? [] };
}

function Paid({ invoices }: { invoices: InvoiceRowFragment[] }) {
  return (
    <ul aria-label="Invoices that the cheque has paid">
      {invoices.map((invoice) => (
        <li key={invoice.id}>
          <Link to={`/invoices/${invoice.fullId}`}>{invoice.fullId}</Link>{' '}
          <Status invoice={invoice} /> {money(invoice.outstandingBalance, invoice.currency)}{' '}
          outstanding
        </li>
      ))}
    </ul>
  );
}
