import { useGraphiQL } from '@graphiql/react';
import { type FormEvent, useState } from 'react';

type Props = { current: string | null; onChange: (key: string | null) => void };

/** Who asks: the API key of this tab, which the board has as well. */
export function KeyField({ current, onChange }: Props) {
  const [key, setKey] = useState(current ?? '');
  const isRefused = useGraphiQL((state) => state.fetchError?.includes('UNAUTHENTICATED') ?? false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onChange(key.trim() || null);
  };
  return (
    <form className="key" onSubmit={send}>
      {isRefused && (
        <span role="alert" id="key-said">
          {current === null ? 'An API key is needed.' : 'This key is not valid.'}
        </span>
      )}
      <input
        aria-label="API key"
        aria-invalid={isRefused || undefined}
        aria-describedby={isRefused ? 'key-said' : undefined}
        type="password"
        autoComplete="off"
        placeholder="API key"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <button type="submit">Use key</button>
    </form>
  );
}
