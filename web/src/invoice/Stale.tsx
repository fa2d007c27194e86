import { useState } from 'react';
import { Said } from '../parts/Said';
import { useSaid } from '../parts/useSaid';
import type { Submitting } from '../parts/useSubmit';
import type { Invoice } from './useInvoice';

type Props = {
  form: Pick<Submitting<never, never>, 'errorAt' | 'clear'>;
  /** Answers the invoice as it is now, and null where it cannot be read. */
  catchUp: () => Promise<Invoice | null>;
};

/** Somebody has changed the invoice since the form was opened. What is typed stays. */
export function Stale({ form, catchUp }: Props) {
  const { said, say } = useSaid();
  const [isUnread, setUnread] = useState(false);
  const message = form.errorAt('expectedVersion');
  const readAgain = async () => {
    const isRead = (await catchUp()) !== null;
    setUnread(!isRead);
    if (!isRead) return;
    form.clear();
    say('It has been read again. Save yours if it still stands.');
  };
  // The button goes with the refusal: what is said instead takes over its focus.
  if (message === undefined) return said && <Said said={said} />;
  return (
    <div role="alert" className="notice warn">
      <p>{message}. Read it again, and save yours if it still stands.</p>
      {isUnread && <p>It could not be read. Try again when you are online.</p>}
      <button type="button" onClick={readAgain}>
        Read again
      </button>
    </div>
  );
}
