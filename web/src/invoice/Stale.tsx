type Props = { message: string | undefined; onReadAgain: () => void };

/** Somebody has changed the invoice since the form was opened. What is typed stays. */
export function Stale({ message, onReadAgain }: Props) {
  if (message === undefined) return null;
  return (
    <div role="alert" className="notice warn">
      <p>{message}. Read it again, and save yours if it still stands.</p>
      <button type="button" onClick={onReadAgain}>
        Read again
      </button>
    </div>
  );
}
