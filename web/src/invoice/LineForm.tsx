import { type FormEvent, useEffect, useRef, useState } from 'react';
import { LineFields } from '../lines/LineFields';
import type { LineDraft } from '../lines/lineDraft';
import { Errors } from '../parts/Errors';
import type { Submitting } from '../parts/useSubmit';
import { Stale } from './Stale';
import type { Invoice } from './useInvoice';

type Props = {
  name: string;
  /** What the form begins with. */
  line: LineDraft;
  form: Omit<Submitting<never, never>, 'submit'>;
  /** Where the mutation has the line's fields: `lineItem.` or nothing. */
  below: string;
  onSave: (line: LineDraft) => void;
  onCancel: () => void;
  catchUp: () => Promise<Invoice | null>;
};

/** A line being typed, in the place where it will stand. */
export function LineForm({ name, line, form, below, onSave, onCancel, catchUp }: Props) {
  const [draft, setDraft] = useState(line);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector('select')?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSave(draft);
  };
  const shown = Object.keys(draft).map((field) => below + field);
  return (
    <form ref={place} className="line-form" aria-label={name} onSubmit={send}>
      <LineFields
        draft={draft}
        onChange={setDraft}
        errorAt={(field) => form.errorAt(below + field)}
      />
      <span className="actions">
        <button type="submit" className="main" aria-disabled={form.isBusy}>
          Save line
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </span>
      <Errors messages={form.others('expectedVersion', ...shown)} />
      <Stale form={form} catchUp={catchUp} />
    </form>
  );
}
