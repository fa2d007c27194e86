import { graphql } from '../gql';
import { emptyLine, type LineDraft, lineInput, unreadableLine } from '../lines/lineDraft';
import { useSubmit } from '../parts/useSubmit';
import { LineForm } from './LineForm';
import type { Invoice } from './useInvoice';
import { useVersion } from './useVersion';

const AddLineItem = graphql(`
  mutation AddLineItem($input: AddLineItemInput!) {
    addLineItem(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

type Props = { invoice: Invoice; onDone: (text: string) => void };

export function AddLine({ invoice, onDone }: Props) {
  const { version, catchUp } = useVersion(invoice);
  const form = useSubmit(AddLineItem);
  const save = async (line: LineDraft) => {
    const lineItem = lineInput(line);
    const input = { parentId: invoice.id, lineItem, expectedVersion: version };
    if ((await form.submit(input, unreadableLine('lineItem.', line))) === null) return;
    onDone('The line is added.');
  };
  return (
    <LineForm
      name="Add a line"
      line={emptyLine(invoice.lineItems.at(-1)?.taxRate)}
      form={form}
      below="lineItem."
      onSave={save}
      onCancel={() => onDone('Nothing was added.')}
      catchUp={catchUp}
    />
  );
}
