import { useRef } from 'react';
import { LineFields } from '../lines/LineFields';
import { emptyLine, type LineDraft, unreadableLine } from '../lines/lineDraft';
import { newKey } from '../parts/newKey';

export type OwnLine = { key: string; draft: LineDraft };

export const newLine = (before?: OwnLine): OwnLine => ({
  key: newKey(),
  draft: emptyLine(before?.draft.taxRate),
});

export const keyOf = ({ key }: OwnLine): string => key;

/** Where refusals stand at the field that they are about. */
export const placesOf = (lines: OwnLine[]): string[] =>
  lines.flatMap(({ draft }, at) => Object.keys(draft).map((field) => `lineItems.${at}.${field}`));

export const unreadableLines = (lines: OwnLine[]) =>
  lines.flatMap(({ draft }, at) => unreadableLine(`lineItems.${at}.`, draft));

type Props = {
  lines: OwnLine[];
  onChange: (lines: OwnLine[]) => void;
  errorAt: (path: string) => string | undefined;
};

/** Lines that are typed, not copied. */
export function OwnLines({ lines, onChange, errorAt }: Props) {
  const change = (key: string, draft: LineDraft) =>
    onChange(lines.map((line) => (line.key === key ? { key, draft } : line)));
  const add = () => onChange([...lines, newLine(lines.at(-1))]);
  const adding = useRef<HTMLButtonElement>(null);
  const remove = (key: string) => {
    onChange(lines.filter((line) => line.key !== key));
    // The button that was pressed goes with its line.
    adding.current?.focus();
  };
  return (
    <div className="stack">
      {lines.map(({ key, draft }, at) => (
        <fieldset key={key} className="line-form">
          <legend className="unseen">Line {at + 1}</legend>
          <LineFields
            draft={draft}
            onChange={(changed) => change(key, changed)}
            errorAt={(field) => errorAt(`lineItems.${at}.${field}`)}
          />
          <button
            type="button"
            className="quiet"
            aria-label={`Remove line ${at + 1}`}
            onClick={() => remove(key)}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <button type="button" ref={adding} onClick={add}>
        Add a line
      </button>
    </div>
  );
}
