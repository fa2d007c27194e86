import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '../api/ApiProvider';
import { useMayChange } from '../api/useViewer';
import { graphql } from '../gql';
import type { OrderRowFragment } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Said } from '../parts/Said';
import { useSaid } from '../parts/useSaid';
import { useTitle } from '../parts/useTitle';
import '../style/bill.css';
import { NewInvoice } from './NewInvoice';
import { NewOrder } from './NewOrder';
import { OpenOrders } from './OpenOrders';
import { useBill } from './useBill';

const BilledCustomer = graphql(`
  query BilledCustomer($id: ID!) {
    customer(id: $id) { id name currency terms }
  }
`);

/** Makes an invoice: of orders, of lines of its own, or of both. */
export default function BillPage() {
  useTitle('New invoice');
  const mayChange = useMayChange();
  return (
    <section className="page">
      <h1>New invoice</h1>
      {mayChange ? (
        <Bill />
      ) : (
        <p className="notice">Your key may look at invoices, not make them.</p>
      )}
    </section>
  );
}

function Bill() {
  const { customerId } = useBill();
  return (
    <>
      <AddOrder />
      <OpenOrders />
      <h2>The invoice</h2>
      {customerId === null ? (
        <p className="hint">
          Tick the orders to bill, or choose a customer to bill without an order.
        </p>
      ) : (
        <Billed key={customerId} customerId={customerId} />
      )}
    </>
  );
}

function Billed({ customerId }: { customerId: string }) {
  const [query] = useQuery({ query: BilledCustomer, variables: { id: customerId } });
  return (
    <Answered query={query}>
      {({ customer }) =>
        customer === null ? (
          <p className="notice">There is no such customer.</p>
        ) : (
          <NewInvoice customer={customer} />
        )
      }
    </Answered>
  );
}

/** An order that nobody has written down yet. Saved, it is chosen. */
function AddOrder() {
  const { api } = useSession();
  const { customerId, isFull, add } = useBill();
  const [isOpen, setOpen] = useState(false);
  const { said, say } = useSaid();
  const choose = (order: OrderRowFragment) => {
    setOpen(false);
    say(`${order.fullId} is saved, and chosen below.`);
    add(order);
  };
  const close = () => {
    setOpen(false);
    // One whose answer was lost may be among the others.
    api.readSoon();
  };
  return (
    <>
      <button type="button" disabled={isFull} onClick={() => setOpen(true)}>
        New order
      </button>
      <Said said={said} />
      {isOpen && <NewOrder customerId={customerId} onClose={close} onDone={choose} />}
    </>
  );
}
