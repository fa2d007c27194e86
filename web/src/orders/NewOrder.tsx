import { type FormEvent, useState } from 'react';
import { CustomerChoice } from '../customers/CustomerChoice';
import { graphql } from '../gql';
import type { CreateOrderInput, CreateOrderMutation } from '../gql/graphql';
import { lineInput } from '../lines/lineDraft';
import { Dialog } from '../parts/Dialog';
import { Errors } from '../parts/Errors';
import { Field } from '../parts/Field';
import { useSubmit } from '../parts/useSubmit';
import { keyOf, newLine, OwnLines, placesOf, unreadableLines } from './OwnLines';
import { useClearedBy } from './useClearedBy';

const CreateOrder = graphql(`
  mutation CreateOrder($input: CreateOrderInput!) {
    createOrder(input: $input) {
      order { ...OrderRow }
      userErrors { code message path }
    }
  }
`);

type Payload = NonNullable<CreateOrderMutation['createOrder']>;

// The server cannot tell an order that is sent again from another one like it.
const LOST =
  'The server cannot be reached. The order may have been saved all the same: look for it in the list before you save it again.';

const references = [
  { name: 'poNumber', label: 'PO number' },
  { name: 'refNumber', label: 'Reference number' },
] as const;

type Props = {
  customerId: string | null;
  onClose: () => void;
  onDone: (order: NonNullable<Payload['order']>) => void;
};

/** Writes down what was ordered, to be billed. */
export function NewOrder({ customerId, onClose, onDone }: Props) {
  const form = useSubmit(CreateOrder, LOST);
  const [customer, setCustomer] = useState(customerId);
  const [numbers, setNumbers] = useState({ poNumber: '', refNumber: '' });
  const [lines, setLines] = useState(() => [newLine()]);
  useClearedBy(lines.map(keyOf), form.clear);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const input: CreateOrderInput = {
      customerId: customer ?? '',
      poNumber: numbers.poNumber.trim() || null,
      refNumber: numbers.refNumber.trim() || null,
      lineItems: lines.map(({ draft }) => lineInput(draft)),
    };
    const done = await form.submit(input, unreadableLines(lines));
    if (!done?.order) return;
    onDone(done.order);
  };
  return (
    <Dialog title="New order" onClose={onClose}>
      <form className="stack" onSubmit={send}>
        <CustomerChoice customerId={customer} onPick={setCustomer} />
        {references.map(({ name, label }) => (
          <Field key={name} label={label} error={form.errorAt(name)}>
            {(wired) => (
              <input
                {...wired}
                value={numbers[name]}
                onChange={(event) => setNumbers({ ...numbers, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <OwnLines lines={lines} onChange={setLines} errorAt={form.errorAt} />
        <Errors messages={form.others('poNumber', 'refNumber', ...placesOf(lines))} />
        <button
          type="submit"
          className="main"
          aria-disabled={form.isBusy}
          disabled={customer === null}
        >
          Save the order
        </button>
      </form>
    </Dialog>
  );
}
