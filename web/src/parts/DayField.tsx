import { useSearchParams } from 'react-router';
import { isDay } from '../format/dates';
import { Field } from './Field';
import { useTyped } from './useTyped';

type Props = { label: string; name: string; fallback: string; error?: string | undefined };

/** A day that stands in the address; while it does not, it is another. */
export function DayField({ label, name, fallback, error }: Props) {
  const [params, setParams] = useSearchParams();
  const change = (day: string) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        next.set(name, day);
        return next;
      },
      { replace: params.has(name) },
    );
  const [text, type] = useTyped(dayIn(params, name, fallback), change, isDay);
  return (
    <Field label={label} error={error}>
      {(wired) => (
        <input
          {...wired}
          type="date"
          value={text}
          onChange={(event) => type(event.target.value)}
          // What was given up half typed is no day: the one that is shown holds.
          onBlur={() => isDay(text) || type(null)}
        />
      )}
    </Field>
  );
}

export function dayIn(params: URLSearchParams, name: string, fallback: string): string {
  const text = params.get(name) ?? '';
  return isDay(text) ? text : fallback;
}
