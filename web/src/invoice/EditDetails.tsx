import { type FormEvent, useState } from 'react';
import { graphql } from '../gql';
import type { UpdateInvoiceInput } from '../gql/graphql';
import { Dialog } from '../parts/Dialog';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';
import { unreadableDay } from '../payments/unreadable';
import { AddressFields } from './AddressFields';
import { DetailFields } from './DetailFields';
import { addressFields, type Details, detailsOf, detailsOver, inputOf } from './details';
import { Stale } from './Stale';
import type { Invoice } from './useInvoice';
import { useVersion } from './useVersion';

const UpdateInvoice = graphql(`
  mutation UpdateInvoice($input: UpdateInvoiceInput!) {
    updateInvoice(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

const shown = [
  'invoiceDate',
  'terms',
  'dueDate',
  'notes',
  'expectedVersion',
  ...addressFields.map(({ name }) => `remitToAddress.${name}`),
];

type Props = { invoice: Invoice; onClose: () => void; onDone: (text: string) => void };

/** Dates, terms, notes and where to pay: what may change until the invoice is paid. */
export function EditDetails({ invoice, onClose, onDone }: Props) {
  const { version, catchUp } = useVersion(invoice);
  const form = useSubmit(UpdateInvoice);
  const [before, setBefore] = useState(() => detailsOf(invoice));
  const [details, setDetails] = useState(before);
  const change = (part: Partial<Details>) => setDetails({ ...details, ...part });
  const readAgain = async () => {
    const read = await catchUp();
    if (read === null) return null;
    const now = detailsOf(read);
    setBefore(now);
    setDetails(detailsOver(before, details, now));
    return read;
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const input: UpdateInvoiceInput = {
      id: invoice.id,
      expectedVersion: version,
      ...inputOf(before, details),
    };
    const wrong = [
      ...unreadableDay('invoiceDate', details.invoiceDate),
      ...unreadableDay('dueDate', details.dueDate),
    ];
    if ((await form.submit(input, wrong)) === null) return;
    onDone('The details are saved.');
  };
  return (
    <Dialog title={`Details of ${invoice.fullId}`} onClose={onClose}>
      <form onSubmit={send} className="stack">
        <DetailFields {...{ invoice, details }} onChange={change} errorAt={form.errorAt} />
        <AddressFields
          address={details.remitToAddress}
          onChange={(remitToAddress) => change({ remitToAddress })}
          errorAt={(field) => form.errorAt(`remitToAddress.${field}`)}
        />
        <Errors messages={form.others(...shown)} />
        <Stale form={form} catchUp={readAgain} />
        <button type="submit" className="main" aria-disabled={form.isBusy}>
          Save details
        </button>
      </form>
    </Dialog>
  );
}
