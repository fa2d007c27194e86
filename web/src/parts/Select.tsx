import type { ComponentProps } from 'react';

type Props<Value extends string> = Omit<ComponentProps<'select'>, 'onChange' | 'value'> & {
  value: Value | '';
  words: Record<Value, string>;
  onPick: (value: Value | '') => void;
  /** What stands for none; without it one must be chosen. */
  none?: string;
};

/** A choice of one of the schema's enum values, in words. */
export function Select<Value extends string>({ words, none, onPick, ...rest }: Props<Value>) {
  return (
    <select {...rest} onChange={(event) => onPick(event.target.value as Value | '')}>
      {none !== undefined && <option value="">{none}</option>}
      {Object.entries<string>(words).map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  );
}
