import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useMayChange, useViewer } from '../api/useViewer';
import { boardUrl } from '../board/boardUrl';
import { graphql } from '../gql';
import type { CustomerQuery } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { useTitle } from '../parts/useTitle';
import { Contact } from './Contact';
import { Statement } from './Statement';
import '../style/statement.css';

const Customer = graphql(`
  query Customer($id: ID!) {
    customer(id: $id) {
      id
      fullId
      name
      email
      phone
      billToAddress { id name }
      currency
      outstandingBalance
    }
  }
`);

export default function StatementPage() {
  const { customerId = '' } = useParams();
  const [query] = useQuery({
    query: Customer,
    variables: { id: customerId },
    requestPolicy: 'cache-and-network',
  });
  useTitle(query.data?.customer?.name ?? 'Customer');
  return (
    <section className="page statement">
      <Answered query={query}>
        {({ customer }) =>
          customer ? <Account key={customer.id} customer={customer} /> : <NoSuchCustomer />
        }
      </Answered>
    </section>
  );
}

type Props = { customer: NonNullable<CustomerQuery['customer']> };

function Account({ customer }: Props) {
  const { organization } = useViewer();
  const mayChange = useMayChange();
  return (
    <>
      <p className="on-paper">{organization.name}: statement of account</p>
      <header className="title">
        <h1>{customer.name}</h1>
        <div className="actions">
          <Link to={boardUrl({ customer: customer.id })}>Invoices</Link>
          {mayChange && <Link to={`/cheque?customer=${customer.id}`}>Record a cheque</Link>}
          <button type="button" onClick={() => print()}>
            Print
          </button>
        </div>
      </header>
      <Contact customer={customer} />
      <Statement customer={customer} />
    </>
  );
}

function NoSuchCustomer() {
  return (
    <>
      <h1>There is no such customer</h1>
      <p>
        <Link to="/aging">Who owes how much</Link>
      </p>
    </>
  );
}
