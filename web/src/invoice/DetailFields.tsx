import { terms } from '../format/words';
import { Field } from '../parts/Field';
import { Select } from '../parts/Select';
import type { Details } from './details';
import type { Invoice } from './useInvoice';

type Props = {
  invoice: Invoice;
  details: Details;
  onChange: (part: Partial<Details>) => void;
  errorAt: (path: string) => string | undefined;
};

/** Dates, terms and notes. */
export function DetailFields({ invoice, details, onChange, errorAt }: Props) {
  const isDateFixed = invoice.status !== 'created';
  return (
    <>
      <Field
        label="Invoice date"
        hint={isDateFixed ? 'It can change only before the invoice is sent.' : undefined}
        error={errorAt('invoiceDate')}
      >
        {(wired) => (
          <input
            {...wired}
            type="date"
            required
            disabled={isDateFixed}
            value={details.invoiceDate}
            onChange={(event) => onChange({ invoiceDate: event.target.value })}
          />
        )}
      </Field>
      <Field label="Terms" error={errorAt('terms')}>
        {(wired) => (
          <Select
            {...wired}
            words={terms}
            value={details.terms}
            onPick={(picked) => picked !== '' && onChange({ terms: picked })}
          />
        )}
      </Field>
      <DueDate {...{ details, onChange, errorAt }} />
      <Field label="Notes" error={errorAt('notes')}>
        {(wired) => (
          <textarea
            {...wired}
            rows={4}
            value={details.notes}
            onChange={(event) => onChange({ notes: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function DueDate({ details, onChange, errorAt }: Omit<Props, 'invoice'>) {
  return (
    <>
      <Field
        label="Due date"
        hint="Unless it was set by hand, it follows invoice date and terms."
        error={errorAt('dueDate')}
      >
        {(wired) => (
          <input
            {...wired}
            type="date"
            required
            disabled={details.isDueDateDerived}
            value={details.dueDate}
            onChange={(event) => onChange({ dueDate: event.target.value })}
          />
        )}
      </Field>
      <label className="tick">
        <input
          type="checkbox"
          checked={details.isDueDateDerived}
          onChange={(event) => onChange({ isDueDateDerived: event.target.checked })}
        />
        Work it out again
      </label>
    </>
  );
}
