import { useState } from 'react';
import { graphql } from '../gql';
import type { LineRowFragment, UpdateLineItemInput } from '../gql/graphql';
import { draftOf, type LineDraft, lineInput, unreadableLine } from '../lines/lineDraft';
import { changed } from '../parts/changed';
import { useSubmit } from '../parts/useSubmit';
import { LineForm } from './LineForm';
import type { Invoice } from './useInvoice';
import { useVersion } from './useVersion';

const UpdateLineItem = graphql(`
  mutation UpdateLineItem($input: UpdateLineItemInput!) {
    updateLineItem(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

type Props = {
  invoice: Invoice;
  line: LineRowFragment;
  number: number;
  onDone: (text: string) => void;
};

export function EditLine({ invoice, line, number, onDone }: Props) {
  const { version, catchUp } = useVersion(invoice);
  const [before] = useState(() => lineInput(draftOf(line)));
  const form = useSubmit(UpdateLineItem);
  const save = async (draft: LineDraft) => {
    const input: UpdateLineItemInput = {
      id: line.id,
      expectedVersion: version,
      ...changed(before, lineInput(draft)),
    };
    if ((await form.submit(input, unreadableLine('', draft))) === null) return;
    onDone(`Line ${number} is saved.`);
  };
  return (
    <LineForm
      name={`Edit line ${number}`}
      line={draftOf(line)}
      form={form}
      below=""
      onSave={save}
      onCancel={() => onDone(`Line ${number} stays as it was.`)}
      catchUp={catchUp}
    />
  );
}
