import { type FormEvent, useState } from 'react';
import { useViewer } from '../api/useViewer';
import { showDay } from '../format/dates';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import { Dialog } from '../parts/Dialog';
import { Errors } from '../parts/Errors';
import { Field } from '../parts/Field';
import { useSubmit } from '../parts/useSubmit';
import { unreadableDay } from '../payments/unreadable';
import { Stale } from './Stale';
import type { Invoice } from './useInvoice';
import { useVersion } from './useVersion';

const SendInvoiceDocument = graphql(`
  mutation SendInvoice($input: SendInvoiceInput!) {
    sendInvoice(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

type Props = { invoice: Invoice; onClose: () => void; onDone: (text: string) => void };

/** Says that the customer has been sent the invoice: the end of its review. */
export function SendInvoice({ invoice, onClose, onDone }: Props) {
  const { organization } = useViewer();
  const { version, catchUp } = useVersion(invoice);
  const form = useSubmit(SendInvoiceDocument);
  const [sentAt, setSentAt] = useState(todayIn(organization.timeZone));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const input = { id: invoice.id, sentAt, expectedVersion: version };
    const done = await form.submit(input, unreadableDay('sentAt', sentAt));
    if (done === null) return;
    onDone(`${invoice.fullId} is sent as of ${showDay(sentAt)}.`);
  };
  return (
    <Dialog title={`Send ${invoice.fullId}`} onClose={onClose}>
      <form onSubmit={send} className="stack">
        {!invoice.sentAt && <p>From then on its lines can no longer be changed.</p>}
        <Field label="Sent on" error={form.errorAt('sentAt')}>
          {(wired) => (
            <input
              {...wired}
              type="date"
              required
              value={sentAt}
              onChange={(event) => setSentAt(event.target.value)}
            />
          )}
        </Field>
        <Errors messages={form.others('sentAt', 'expectedVersion')} />
        <Stale form={form} catchUp={catchUp} />
        <button type="submit" className="main" aria-disabled={form.isBusy}>
          Send {invoice.fullId}
        </button>
      </form>
    </Dialog>
  );
}
