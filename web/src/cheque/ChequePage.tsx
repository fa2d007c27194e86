import { useSearchParams } from 'react-router';
import { useMayChange } from '../api/useViewer';
import { CustomerChoice } from '../customers/CustomerChoice';
import { useTitle } from '../parts/useTitle';
import '../style/cheque.css';
import { OpenInvoices } from './OpenInvoices';

export default function ChequePage() {
  useTitle('Cheque');
  const mayChange = useMayChange();
  const [params, setParams] = useSearchParams();
  const customerId = params.get('customer');
  return (
    <section className="page cheque">
      <h1>One cheque over many invoices</h1>
      {mayChange ? (
        <>
          <CustomerChoice
            customerId={customerId}
            onPick={(picked) => setParams(picked === null ? {} : { customer: picked })}
          />
          {customerId !== null && <OpenInvoices key={customerId} customerId={customerId} />}
        </>
      ) : (
        <p className="notice">Your key only reads: it records no payments.</p>
      )}
    </section>
  );
}
