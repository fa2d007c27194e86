import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useViewer } from '../api/useViewer';
import { todayIn } from '../format/today';
import { graphql } from '../gql';
import type { CreateInvoiceInput, OrderRowFragment } from '../gql/graphql';
import { lineInput } from '../lines/lineDraft';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';
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

type Props = {
  customer: OrderRowFragment['customer'];
  idempotencyKey: string;
  onStartAnew: () => void;
};

/** The invoice as it will be, and what can be said of it before it is made. */
export function NewInvoice({ customer, idempotencyKey, onStartAnew }: Props) {
  const { organization } = useViewer();
  const { orderIds } = useBill();
  const chosen = useChosen();
  const { orders } = chosen;
  const navigate = useNavigate();
  const form = useSubmit(CreateInvoice);
  const [lines, setLines] = useState<OwnLine[]>([]);
  const [details, setDetails] = useState<Terms>({
    invoiceDate: todayIn(organization.timeZone),
    terms: null,
    notes: '',
  });
  useClearedBy([...orderIds, ...lines.map(keyOf)], form.clear);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    const input: CreateInvoiceInput = {
      orderIds,
      customerId: customer.id,
      lineItems: lines.map(({ draft }) => lineInput(draft)),
      invoiceDate: details.invoiceDate,
      terms: details.terms,
      notes: details.notes.trim() || null,
      idempotencyKey,
    };
    const done = await form.submit(input, unreadableLines(lines));
    if (!done?.invoice) return;
    const { fullId } = done.invoice;
    navigate(`/invoices/${fullId}`, {
      state: { text: `${fullId} is made. Look it through, then send it.` },
    });
  };
  const isComplete = orders.length === orderIds.length;
  const shown = [
    ...['invoiceDate', 'terms', 'notes', 'idempotencyKey'],
    ...orderIds.map((_, at) => `orderIds.${at}`),
    ...placesOf(lines),
  ];
  return (
    <form className="stack" onSubmit={make}>
      <ChosenOrders chosen={chosen} errorAt={form.errorAt} />
      <Preview {...{ customer, orders, lines }} />
      <OwnLines lines={lines} onChange={setLines} errorAt={form.errorAt} />
      <InvoiceFields {...{ customer, details }} onChange={setDetails} errorAt={form.errorAt} />
      <Errors messages={form.others(...shown)} />
      {form.has('IDEMPOTENCY_KEY_REUSED') && <MadeAlready onStartAnew={onStartAnew} />}
      <button type="submit" className="main" aria-disabled={form.isBusy} disabled={!isComplete}>
        Make the invoice
      </button>
    </form>
  );
}

/** Its answer was lost, and it was changed before it was sent again. */
function MadeAlready({ onStartAnew }: { onStartAnew: () => void }) {
  return (
    <div role="alert" className="notice bad">
      <p>
        This invoice is made already, as it was before the last change: look for it among the{' '}
        <Link to="/">invoices</Link>. To make another one, start anew.
      </p>
      <button type="button" onClick={onStartAnew}>
        Start anew
      </button>
    </div>
  );
}
