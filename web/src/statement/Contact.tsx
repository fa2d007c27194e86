import { money } from '../format/money';
import type { CustomerQuery } from '../gql/graphql';

type Props = { customer: NonNullable<CustomerQuery['customer']> };

/** Whom to call about what is owed. */
export function Contact({ customer }: Props) {
  const { fullId, email, phone, billToAddress, currency, outstandingBalance } = customer;
  return (
    <dl className="facts">
      <div>
        <dt>Number</dt>
        <dd>{fullId}</dd>
      </div>
      {billToAddress && (
        <div>
          <dt>Address</dt>
          <dd>{billToAddress.name}</dd>
        </div>
      )}
      {email && (
        <div>
          <dt>Email</dt>
          <dd>
            <a href={`mailto:${email}`}>{email}</a>
          </dd>
        </div>
      )}
      {phone && (
        <div>
          <dt>Phone</dt>
          <dd>
            <a href={`tel:${phone}`}>{phone}</a>
          </dd>
        </div>
      )}
      <div>
        <dt>Outstanding balance</dt>
        <dd>
          <strong>{money(outstandingBalance, currency)}</strong>
        </dd>
      </div>
    </dl>
  );
}
