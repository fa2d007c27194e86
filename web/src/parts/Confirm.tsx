import { useState } from 'react';

type Props = { verb: string; what: string; isBusy: boolean; onYes: () => void };

/** A button that asks once more. The focus stays on it, where a second press means no. */
export function Confirm({ verb, what, isBusy, onYes }: Props) {
  const [isAsked, setAsked] = useState(false);
  return (
    <span className="actions">
      <button
        type="button"
        className="quiet"
        aria-label={isAsked ? `Keep ${what}` : `${verb} ${what}`}
        onClick={() => setAsked(!isAsked)}
      >
        {isAsked ? 'Keep' : verb}
      </button>
      {isAsked && (
        <button
          type="button"
          className="danger"
          aria-label={`Yes, ${verb.toLowerCase()} ${what}`}
          aria-disabled={isBusy}
          onClick={onYes}
        >
          Yes, {verb.toLowerCase()}
        </button>
      )}
    </span>
  );
}
