import { written } from '../format/money';
import { methods } from '../format/words';
import type { PaymentMethod } from '../gql/graphql';
import { Field } from '../parts/Field';
import { Select } from '../parts/Select';

/** What a person types of a payment. */
export type Typed = {
  paymentDate: string;
  method: PaymentMethod;
  referenceNumber: string;
  notes: string;
  amount: string;
};

/** The same as the API takes it. */
export const inputOf = ({ referenceNumber, notes, amount, ...rest }: Typed) => ({
  ...rest,
  referenceNumber: referenceNumber.trim() || null,
  notes: notes.trim() || null,
  amount: written(amount),
});

/** The fields whose refusals stand beside them. */
export const FIELDS = ['paymentDate', 'method', 'referenceNumber', 'notes', 'amount'] as const;

type Props = {
  typed: Typed;
  onType: (typed: Partial<Typed>) => void;
  errorAt: (path: string) => string | undefined;
};

export function PaymentFields({ typed, onType, errorAt }: Props) {
  return (
    <div className="fields">
      <Field label="Payment date" error={errorAt('paymentDate')}>
        {(wired) => (
          <input
            {...wired}
            type="date"
            value={typed.paymentDate}
            onChange={(event) => onType({ paymentDate: event.target.value })}
          />
        )}
      </Field>
      <Field label="Method" error={errorAt('method')}>
        {(wired) => (
          <Select
            {...wired}
            words={methods}
            value={typed.method}
            onPick={(method) => method !== '' && onType({ method })}
          />
        )}
      </Field>
      <TextField name="referenceNumber" label="Reference number" {...{ typed, onType, errorAt }} />
      <TextField name="notes" label="Notes" {...{ typed, onType, errorAt }} />
      <TextField name="amount" label="Amount" isAmount {...{ typed, onType, errorAt }} />
    </div>
  );
}

type TextProps = Props & {
  name: 'referenceNumber' | 'notes' | 'amount';
  label: string;
  isAmount?: true;
};

function TextField({ name, label, isAmount, typed, onType, errorAt }: TextProps) {
  return (
    <Field label={label} error={errorAt(name)}>
      {(wired) => (
        <input
          {...wired}
          className={isAmount && 'amount'}
          inputMode={isAmount && 'decimal'}
          autoComplete="off"
          value={typed[name]}
          onChange={(event) => onType({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}
