import { useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';

export type UserError = { code: string; message: string; path?: string[] | null };

/** What a mutation with one input answers: one root field, with `userErrors` in it. */
type Answer<Payload> = { __typename?: string } & Record<
  string,
  Payload | null | undefined | string
>;

/** Of a mutation that takes no input: it is submitted with `void`. */
type NoVariables = { [key: string]: never };

export type Submitting<Input, Payload> = {
  /** Sends the input; answers the payload where it was done, and null where it was not. */
  submit: (input: Input) => Promise<Payload | null>;
  isBusy: boolean;
  /** What the server says of the field at this path below `input`, such as `lineItems.0.rate`. */
  errorAt: (path: string) => string | undefined;
  /** What it says of no field that is shown. */
  others: (...shown: string[]) => string[];
  clear: () => void;
};

/**
 * Sends a form. A second click while the first is under way does nothing; what the server refuses
 * stands at its field in the server's words; when the line is lost, nothing of the form is.
 */
export function useSubmit<Payload extends { userErrors: UserError[] }, Input>(
  document: TypedDocumentNode<unknown, { input: Input }> | TypedDocumentNode<unknown, NoVariables>,
): Submitting<Input, Payload> {
  const client = useClient();
  const busy = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<UserError[]>([]);

  async function submit(input: Input): Promise<Payload | null> {
    if (busy.current) return null;
    busy.current = true;
    setBusy(true);
    try {
      const asked = client.mutation(document as TypedDocumentNode<unknown, AnyVariables>, {
        input,
      });
      const { data, error } = await asked.toPromise();
      const payload = payloadOf<Payload>(data);
      const found = payload?.userErrors ?? [];
      const failed = payload === null ? [failure(error?.networkError, error?.message)] : found;
      setErrors(failed);
      return failed.length === 0 ? payload : null;
    } finally {
      busy.current = false;
      setBusy(false);
    }
  }

  const at = (error: UserError) => error.path?.slice(1).join('.') ?? '';
  return {
    submit,
    isBusy,
    errorAt: (path) => errors.find((error) => at(error) === path)?.message,
    others: (...shown) =>
      errors.filter((error) => !shown.includes(at(error))).map((error) => error.message),
    clear: () => setErrors([]),
  };
}

function payloadOf<Payload>(data: unknown): Payload | null {
  const values = Object.values((data ?? {}) as Answer<Payload>);
  return (values.find((value) => typeof value === 'object' && value !== null) as Payload) ?? null;
}

function failure(network: Error | undefined, message: string | undefined): UserError {
  const words = network
    ? 'The server cannot be reached. Nothing of this form is lost: try again when you are online.'
    : (message?.replace('[GraphQL] ', '') ?? 'The server gave no answer.');
  return { code: 'FAILED', message: words };
}
