import { graphql } from '../gql';
import { Confirm } from '../parts/Confirm';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';
import { Stale } from './Stale';
import { type Invoice, useReadAgain } from './useInvoice';

const RemoveLineItem = graphql(`
  mutation RemoveLineItem($input: RemoveLineItemInput!) {
    removeLineItem(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

type Props = {
  invoice: Invoice;
  line: { id: string };
  number: number;
  onDone: (text: string) => void;
};

export function RemoveLine({ invoice, line, number, onDone }: Props) {
  const readAgain = useReadAgain();
  const form = useSubmit(RemoveLineItem);
  const remove = async () => {
    const done = await form.submit({ id: line.id, expectedVersion: invoice.version });
    if (done === null) return;
    onDone(`Line ${number} is removed.`);
  };
  return (
    <>
      <Confirm verb="Remove" what={`line ${number}`} isBusy={form.isBusy} onYes={remove} />
      <Errors messages={form.others('expectedVersion')} />
      <Stale form={form} catchUp={() => readAgain(invoice.fullId)} />
    </>
  );
}
