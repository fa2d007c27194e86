import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import { Combobox } from '../parts/Combobox';
import { Field } from '../parts/Field';
import { useTyped } from '../parts/useTyped';

const Customers = graphql(`
  query Customers($search: String!) {
    customers(filter: { search: $search }, first: 10) {
      nodes { id fullId name currency }
    }
  }
`);

const ChosenCustomer = graphql(`
  query ChosenCustomer($id: ID!) {
    customer(id: $id) { id name }
  }
`);

type Props = { customerId: string | null; onPick: (customerId: string | null) => void };

/** Finds a customer as one types. */
export function CustomerChoice({ customerId, onPick }: Props) {
  const [search, ask] = useState('');
  const [text, type] = useTyped(search, ask);
  const [found] = useQuery({
    query: Customers,
    variables: { search },
    requestPolicy: 'cache-and-network',
  });
  const [chosen] = useQuery({
    query: ChosenCustomer,
    variables: { id: customerId ?? '' },
    pause: customerId === null,
  });
  // Who types fast and presses Enter must not get what an earlier text has found.
  const isAnswered = text === search && !found.fetching;
  const nodes = isAnswered ? (found.data?.customers.nodes ?? []) : [];
  const name = chosen.data?.customer?.name ?? 'Unknown customer';
  return (
    <Field label="Customer">
      {(wired) => (
        <Combobox
          {...wired}
          chosen={customerId === null || chosen.fetching ? '' : name}
          options={nodes.map(({ id, name: word, fullId, currency }) => ({
            value: id,
            word,
            note: `${fullId} · ${currency}`,
          }))}
          none={isAnswered ? 'No customer matches' : 'Searching…'}
          text={text}
          onType={type}
          onPick={onPick}
        />
      )}
    </Field>
  );
}
