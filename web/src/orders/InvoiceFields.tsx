import { terms } from '../format/words';
import type { OrderRowFragment } from '../gql/graphql';
import { Field } from '../parts/Field';
import { Select } from '../parts/Select';
import type { Terms } from './NewInvoice';

type Props = {
  customer: OrderRowFragment['customer'];
  details: Terms;
  onChange: (details: Terms) => void;
  errorAt: (path: string) => string | undefined;
};

/** What an invoice says beside its lines. */
export function InvoiceFields({ customer, details, onChange, errorAt }: Props) {
  return (
    <div className="line-form">
      <Field label="Invoice date" error={errorAt('invoiceDate')}>
        {(wired) => (
          <input
            {...wired}
            type="date"
            required
            value={details.invoiceDate}
            onChange={(event) => onChange({ ...details, invoiceDate: event.target.value })}
          />
        )}
      </Field>
      <Field label="Terms" error={errorAt('terms')}>
        {(wired) => (
          <Select
            {...wired}
            words={terms}
            none={`${terms[customer.terms]}, as agreed`}
            value={details.terms ?? ''}
            onPick={(picked) => onChange({ ...details, terms: picked || null })}
          />
        )}
      </Field>
      <Field label="Notes" error={errorAt('notes')}>
        {(wired) => (
          <input
            {...wired}
            className="long"
            value={details.notes}
            onChange={(event) => onChange({ ...details, notes: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
