import type { AddressLinesFragment } from '../gql/graphql';
import type { Invoice } from './useInvoice';

/** Who is billed and where to pay, as they were when the invoice was made. */
export function Addresses({ invoice }: { invoice: Invoice }) {
  return (
    <div className="addresses">
      <Address title="Bill to" address={invoice.billToAddress} />
      <Address title="Remit to" address={invoice.remitToAddress} />
    </div>
  );
}

type Props = { title: string; address: AddressLinesFragment | null | undefined };

function Address({ title, address }: Props) {
  if (!address) return null;
  return (
    <section>
      <h2>{title}</h2>
      <address>
        {linesOf(address).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </address>
    </section>
  );
}

function linesOf(address: AddressLinesFragment): string[] {
  const region = [address.stateCode, address.postalCode].filter(Boolean).join(' ');
  const place = [address.city, region, address.countryCode].filter(Boolean).join(', ');
  return [address.companyName, address.address1, address.address2, place].filter(
    (line) => line != null && line !== '',
  ) as string[];
}
