import { money } from '../format/money';
import type { CustomerQuery } from '../gql/graphql';
import { Fact, Facts } from '../parts/Facts';

type Props = { customer: NonNullable<CustomerQuery['customer']> };

/** Whom to call about what is owed. */
export function Contact({ customer }: Props) {
  const { fullId, email, phone, billToAddress, currency, outstandingBalance } = customer;
  return (
    <Facts>
      <Fact name="Number">{fullId}</Fact>
      {billToAddress && <Fact name="Address">{billToAddress.name}</Fact>}
      {email && (
        <Fact name="Email">
          <a href={`mailto:${email}`}>{email}</a>
        </Fact>
      )}
      {phone && (
        <Fact name="Phone">
          <a href={`tel:${phone}`}>{phone}</a>
        </Fact>
      )}
      <Fact name="Outstanding balance">
        <strong>{money(outstandingBalance, currency)}</strong>
      </Fact>
    </Facts>
  );
}
