import { lineItemTypes } from '../format/words';
import { Field } from '../parts/Field';
import { Select } from '../parts/Select';
import type { LineDraft } from './lineDraft';

type Props = {
  draft: LineDraft;
  onChange: (draft: LineDraft) => void;
  errorAt: (field: string) => string | undefined;
};

const decimals = [
  { name: 'quantity', label: 'Quantity' },
  { name: 'rate', label: 'Rate' },
  { name: 'taxRate', label: 'Tax rate (%)' },
] as const;

/** What can be typed of a line. */
export function LineFields({ draft, onChange, errorAt }: Props) {
  return (
    <>
      <Field label="Type" error={errorAt('type')}>
        {(wired) => (
          <Select
            {...wired}
            words={lineItemTypes}
            value={draft.type}
            onPick={(type) => type !== '' && onChange({ ...draft, type })}
          />
        )}
      </Field>
      <Field label="Description" error={errorAt('description')}>
        {(wired) => (
          <input
            {...wired}
            className="long"
            value={draft.description}
            onChange={(event) => onChange({ ...draft, description: event.target.value })}
          />
        )}
      </Field>
      {decimals.map(({ name, label }) => (
        <Field key={name} label={label} error={errorAt(name)}>
          {(wired) => (
            <input
              {...wired}
              className="amount short"
              inputMode="decimal"
              value={draft[name]}
              onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </>
  );
}
