import { Field } from '../parts/Field';
import { useTyped } from '../parts/useTyped';
import { useBoard } from './useBoard';

type Props = {
  label: string;
  /** Its parameter in the address. */
  name: string;
  type: 'search' | 'date' | 'text';
  inputMode?: 'decimal';
  error?: string | undefined;
};

/** A filter that is typed: the board follows when the typing rests. */
export function TypedFilter({ label, name, error, ...rest }: Props) {
  const { params, change, first } = useBoard();
  const [text, type] = useTyped(first(name), (typed) =>
    change({ [name]: typed }, { replace: params.has(name) }),
  );
  return (
    <Field label={label} error={error}>
      {(wired) => (
        <input
          {...wired}
          {...rest}
          autoComplete="off"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  );
}
