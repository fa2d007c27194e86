import { useState } from 'react';
import { type Invoice, useReadAgain } from './useInvoice';

/**
 * The version of an invoice that a form was opened on. What the form sends says it, so that nobody
 * overwrites what another has changed meanwhile without having seen it.
 */
export function useVersion(invoice: Invoice) {
  const readAgain = useReadAgain();
  const [version, setVersion] = useState(invoice.version);
  return {
    version,
    /** Goes on from the invoice as it is now, which is null where it cannot be read. */
    catchUp: async () => {
      const now = await readAgain(invoice.fullId);
      if (now !== null) setVersion(now.version);
      return now;
    },
  };
}
