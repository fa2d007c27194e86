import { useId } from 'react';

type Props<Value extends string> = {
  label: string;
  words: Record<Value, string>;
  picked: Value[];
  onPick: (picked: Value[]) => void;
};

/** A menu to tick several values in; none ticked stands for all. */
export function Choices<Value extends string>({ label, words, picked, onPick }: Props<Value>) {
  const id = useId();
  const values = Object.keys(words) as Value[];
  const toggle = (value: Value) =>
    onPick(values.filter((one) => (one === value) !== picked.includes(one)));
  const said = picked.map((value) => words[value] ?? value).join(', ') || 'any';
  return (
    <div className="choices">
      <button type="button" popoverTarget={id} className={picked.length > 0 ? 'set' : undefined}>
        {label}: {said}
      </button>
      <fieldset popover="auto" id={id}>
        <legend>{label}</legend>
        {values.map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={picked.includes(value)}
              onChange={() => toggle(value)}
            />
            {words[value]}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
