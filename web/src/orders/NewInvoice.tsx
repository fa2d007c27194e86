import type { FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { useViewer } from '../api/useViewer';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import type { CreateInvoiceInput, OrderRowFragment } from '../gql/graphql';
import { lineInput } from '../lines/lineDraft';
import { Errors } from '../parts/Errors';
import { newKey } from '../parts/newKey';
import { Said } from '../parts/Said';
import { useDraft } from '../parts/useDraft';
import { useIsHere } from '../parts/useIsHere';
import { useSaid } from '../parts/useSaid';
import { useSubmit } from '../parts/useSubmit';
import { unreadableDay } from '../payments/unreadable';
import { ChosenOrders } from './ChosenOrders';
import { InvoiceFields } from './InvoiceFields';
import { keyOf, type OwnLine, OwnLines, placesOf, unreadableLines } from './OwnLines';
import { Preview } from './Preview';
import { useBill } from './useBill';
import { useChosen } from './useChosen';
import { useClearedBy } from './useClearedBy';

const CreateInvoice = graphql(`
  mutation CreateInvoice($input: CreateInvoiceInput!) {
    createInvoice(input: $input) {
      invoice { ...InvoiceSheet }
      userErrors { code message path }
    }
  }
`);

export type Terms = { invoiceDate: string; terms: CreateInvoiceInput['terms']; notes: string };

type Draft = Terms & { key: string; lines: OwnLine[] };

/** The invoice as it will be, and what can be said of it before it is made. */
export function NewInvoice({ customer }: { customer: OrderRowFragment['customer'] }) {
  const { organization } = useViewer();
  const { orderIds } = useBill();
  const chosen = useChosen();
  const { orders } = chosen;
  const navigate = useNavigate();
  const form = useSubmit(CreateInvoice);
  const isHere = useIsHere();
  const { said, say } = useSaid();
  const { draft, isKept, change, forget } = useDraft<Draft>(`remit.invoice.${customer.id}`, () => ({
    key: newKey(),
    lines: [],
    invoiceDate: todayIn(organization.timeZone),
    terms: null,
    notes: '',
  }));
  const { key, lines, ...details } = draft;
  useClearedBy([...orderIds, ...lines.map(keyOf)], form.clear);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    // Sent again, also on another day, it has to be the same invoice.
    change(draft);
    const input: CreateInvoiceInput = {
      orderIds,
      customerId: customer.id,
      lineItems: lines.map(({ draft }) => lineInput(draft)),
      invoiceDate: details.invoiceDate,
      terms: details.terms,
      notes: details.notes.trim() || null,
      idempotencyKey: key,
    };
    const wrong = [...unreadableDay('invoiceDate', details.invoiceDate), ...unreadableLines(lines)];
    const done = await form.submit(input, wrong);
    if (!done?.invoice) return;
    forget();
    if (!isHere()) return;
    const { fullId } = done.invoice;
    navigate(`/invoices/${fullId}`, {
      state: { text: `${fullId} is made. Look it through, then send it.` },
    });
  };
  const startAnew = () => {
    forget();
    form.clear();
    say('Begun anew: this is another invoice.');
  };
  const isComplete = orders.length === orderIds.length;
  const shown = [
    ...['invoiceDate', 'terms', 'notes', 'idempotencyKey'],
    ...orderIds.map((_, at) => `orderIds.${at}`),
    ...placesOf(lines),
  ];
  return (
    <form className="stack" onSubmit={make}>
      <Said said={said} />
      <ChosenOrders chosen={chosen} errorAt={form.errorAt} />
      <Preview {...{ customer, orders, lines }} />
      <OwnLines lines={lines} onChange={(next) => change({ lines: next })} errorAt={form.errorAt} />
      <InvoiceFields {...{ customer, details }} onChange={change} errorAt={form.errorAt} />
      <Errors messages={form.others(...shown)} />
      {form.has('IDEMPOTENCY_KEY_REUSED') && <MadeAlready />}
      <div className="actions">
        <button type="submit" className="main" aria-disabled={form.isBusy} disabled={!isComplete}>
          Make the invoice
        </button>
        {isKept && (
          <button type="button" className="quiet" onClick={startAnew}>
            Start anew
          </button>
        )}
      </div>
    </form>
  );
}

/** Its answer was lost, and it was changed before it was sent again. */
function MadeAlready() {
  return (
    <p role="alert" className="notice bad">
      This invoice is made already, as it was before the last change: look for it among the{' '}
      <Link to="/">invoices</Link>. To make another one, start anew.
    </p>
  );
}
