import { useQuery } from 'urql';
import { useMayChange } from '../api/useViewer';
import { money } from '../format/money';
import { graphql } from '../gql';
import type { InvoicePaymentsFragment } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Fact, Facts } from '../parts/Facts';
import { Said } from '../parts/Said';
import { Status } from '../parts/Status';
import { useSaid } from '../parts/useSaid';
import { PaymentItem } from './PaymentItem';
import { RecordPayment } from './RecordPayment';

const PaymentsDocument = graphql(`
  query Payments($fullId: String!) {
    invoice(by: { fullId: $fullId }) { ...InvoicePayments }
  }
`);

/** What has been paid on an invoice, and what is still to be. */
export function Payments({ fullId }: { fullId: string }) {
  const [query] = useQuery({
    query: PaymentsDocument,
    variables: { fullId },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answered query={query}>
      {({ invoice }) =>
        invoice === null ? (
          <p className="notice">There is no {fullId}.</p>
        ) : (
          <Section key={invoice.id} invoice={invoice} />
        )
      }
    </Answered>
  );
}

function Section({ invoice }: { invoice: InvoicePaymentsFragment }) {
  const mayChange = useMayChange();
  const { said, say, unsay } = useSaid();
  return (
    <div className="payments" onSubmit={unsay}>
      <Sums invoice={invoice} />
      <Said said={said} />
      {mayChange && <RecordPayment invoice={invoice} onDone={say} />}
      <h3>Payments</h3>
      {invoice.payments.length === 0 && <p className="hint">Nothing has been paid yet.</p>}
      <ul>
        {invoice.payments.map((payment) => (
          <PaymentItem
            key={payment.id}
            payment={payment}
            currency={invoice.currency}
            onDone={say}
          />
        ))}
      </ul>
    </div>
  );
}

function Sums({ invoice }: { invoice: InvoicePaymentsFragment }) {
  const sums = {
    Total: invoice.total,
    'Amount paid': invoice.amountPaid,
    'Outstanding balance': invoice.outstandingBalance,
  };
  return (
    <Facts>
      {Object.entries(sums).map(([name, amount]) => (
        <Fact key={name} name={name}>
          <strong>{money(amount, invoice.currency)}</strong>
        </Fact>
      ))}
      <Fact name="Status">
        <Status invoice={invoice} />
      </Fact>
    </Facts>
  );
}
