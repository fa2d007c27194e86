import { useState } from 'react';
import { useMayChange } from '../api/useViewer';
import { Marks } from '../parts/Marks';
import { Said } from '../parts/Said';
import { Status } from '../parts/Status';
import { useSaid } from '../parts/useSaid';
import { DeleteInvoice } from './DeleteInvoice';
import { EditDetails } from './EditDetails';
import { SendInvoice } from './SendInvoice';
import type { Invoice } from './useInvoice';

type Open = 'send' | 'details' | 'delete' | null;

/** Which invoice it is, how it stands, and what can be done with it. */
export function Heading({ invoice }: { invoice: Invoice }) {
  const [open, setOpen] = useState<Open>(null);
  const { said, say } = useSaid();
  const close = () => setOpen(null);
  const done = (text: string) => {
    close();
    say(text);
  };
  return (
    <header>
      <h1>
        {invoice.fullId} <Status invoice={invoice} />
        <Marks invoice={invoice} />
      </h1>
      <Actions invoice={invoice} onOpen={setOpen} />
      <Said said={said} />
      {open === 'send' && <SendInvoice invoice={invoice} onClose={close} onDone={done} />}
      {open === 'details' && <EditDetails invoice={invoice} onClose={close} onDone={done} />}
      {open === 'delete' && <DeleteInvoice invoice={invoice} onClose={close} />}
    </header>
  );
}

function Actions({ invoice, onOpen }: { invoice: Invoice; onOpen: (open: Open) => void }) {
  const mayChange = useMayChange();
  return (
    <p className="actions">
      {mayChange && (
        <>
          <button
            type="button"
            className={invoice.sentAt ? undefined : 'main'}
            onClick={() => onOpen('send')}
          >
            {invoice.sentAt ? 'Send again' : 'Send'}
          </button>
          {invoice.status !== 'paid' && (
            <button type="button" onClick={() => onOpen('details')}>
              Edit details
            </button>
          )}
          {invoice.canDelete && (
            <button type="button" className="danger" onClick={() => onOpen('delete')}>
              Delete
            </button>
          )}
        </>
      )}
      <button type="button" className="quiet" onClick={() => print()}>
        Print
      </button>
    </p>
  );
}
