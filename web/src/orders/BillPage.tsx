import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '../api/ApiProvider';
import { useMayChange } from '../api/useViewer';
import { graphql } from '../gql';
import type { OrderRowFragment } from '../gql/graphql';
import { Loading } from '../parts/Answered';
import { Said } from '../parts/Said';
import { useTitle } from '../parts/useTitle';
import '../style/bill.css';
import { NewInvoice } from './NewInvoice';
import { NewOrder } from './NewOrder';
import { OpenOrders } from './OpenOrders';
import { useBill } from './useBill';
import { useChosen } from './useChosen';

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
  const { fullIds, customerId } = useBill();
  const chosen = useChosen(fullIds);
  const [picked] = useQuery({
    query: BilledCustomer,
    variables: { id: customerId ?? '' },
    pause: customerId === null,
  });
  // Orders say themselves whose they are.
  const ordering = chosen.orders[0]?.customer;
  const customer = ordering ?? (customerId === null ? null : picked.data?.customer);
  return (
    <>
      <AddOrder customerId={customer?.id ?? null} />
      <OpenOrders billedId={customer?.id ?? customerId} />
      <h2>The invoice</h2>
      {customer && <NewInvoice key={customer.id} customer={customer} {...chosen} />}
      {!customer && !chosen.isRead && <Loading />}
      {!customer && chosen.isRead && (
        <p className="hint">
          Tick the orders to bill, or choose a customer to bill without an order.
        </p>
      )}
    </>
  );
}

/** An order that nobody has written down yet. Saved, it is chosen. */
function AddOrder({ customerId }: { customerId: string | null }) {
  const { api } = useSession();
  const { fullIds, change } = useBill();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<{ text: string } | null>(null);
  const choose = ({ fullId, customer }: OrderRowFragment) => {
    setOpen(false);
    setSaid({ text: `${fullId} is saved, and chosen below.` });
    const others = customer.id === customerId ? fullIds : [];
    change({ orders: [...others, fullId].join(','), after: null, before: null });
  };
  const close = () => {
    setOpen(false);
    // One whose answer was lost may be among the others.
    api.readSoon();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        New order
      </button>
      <Said said={said} />
      {isOpen && <NewOrder customerId={customerId} onClose={close} onDone={choose} />}
    </>
  );
}
