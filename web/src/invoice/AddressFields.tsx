import { Field } from '../parts/Field';
import { type AddressDraft, addressFields } from './details';

type Props = {
  address: AddressDraft;
  onChange: (address: AddressDraft) => void;
  errorAt: (field: string) => string | undefined;
};

/** Where to pay, a factor's address often. */
export function AddressFields({ address, onChange, errorAt }: Props) {
  return (
    <fieldset className="group">
      <legend>Remit to</legend>
      {addressFields.map(({ name, label }) => (
        <Field key={name} label={label} error={errorAt(name)}>
          {(wired) => (
            <input
              {...wired}
              autoComplete="off"
              value={address[name]}
              onChange={(event) => onChange({ ...address, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
