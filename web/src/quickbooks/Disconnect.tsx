import { useState } from 'react';
import { graphql } from '../gql';
import { Dialog } from '../parts/Dialog';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';

const DisconnectQuickBooks = graphql(`
  mutation DisconnectQuickBooks {
    disconnectQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);

export function Disconnect({ onDone }: { onDone: (words: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Disconnect…
      </button>
      {isOpen && <Confirm onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}

type Props = { onDone: (words: string) => void; onClose: () => void };

function Confirm({ onDone, onClose }: Props) {
  const { submit, isBusy, others } = useSubmit(DisconnectQuickBooks);
  const disconnect = async () => {
    if ((await submit()) !== null) onDone('QuickBooks is disconnected.');
  };
  return (
    <Dialog title="Disconnect QuickBooks" onClose={onClose}>
      <p>
        Invoices and payments stay as they are, here and there. Exports that still wait will fail.
        The same company can be connected again, and goes on where it was.
      </p>
      <Errors messages={others()} />
      <button type="button" className="danger" aria-disabled={isBusy} onClick={disconnect}>
        Disconnect
      </button>
    </Dialog>
  );
}
