import { type ReactNode, useId } from 'react';

type Wired = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

type Props = {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  /** Makes the control, given what ties it to its label and to what is said of it. */
  children: (wired: Wired) => ReactNode;
};

/** A labelled control, with what the server says of it. */
export function Field({ label, error, hint, children }: Props) {
  const id = useId();
  const said = error ?? hint;
  const wired: Wired = { id };
  if (error !== undefined) wired['aria-invalid'] = true;
  if (said !== undefined) wired['aria-describedby'] = `${id}-said`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(wired)}
      {said !== undefined && (
        <p
          id={`${id}-said`}
          role={error === undefined ? undefined : 'alert'}
          className={error === undefined ? 'hint' : 'error'}
        >
          {said}
        </p>
      )}
    </div>
  );
}
