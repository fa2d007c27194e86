import { type FormEvent, useState } from 'react';
import { useSession } from '../api/ApiProvider';
import { Field } from '../parts/Field';

/** Asks for an API key, where the server lets nobody in without one. */
export function KeyForm({ refused }: { refused: boolean }) {
  const { signIn } = useSession();
  const [key, setKey] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== '') signIn(key.trim());
  };
  return (
    <main className="page narrow">
      <h1>Remit</h1>
      <form onSubmit={send}>
        <Field
          label="API key"
          hint="Made with: remit keys create. It is forgotten when this tab is closed."
          error={refused ? 'This key is not valid.' : undefined}
        >
          {(wired) => (
            <input
              {...wired}
              type="password"
              autoComplete="off"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="main">
          Open the board
        </button>
      </form>
    </main>
  );
}
