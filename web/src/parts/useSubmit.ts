import { useEffect, useRef, useState } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql';
import type { UserErrorCode } from '../gql/graphql';

export type UserError = { code: string; message: string; path?: string[] | null };

/** What stands in the one root field of a mutation's answer. */
export type PayloadOf<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>;

/** A mutation that takes no input is submitted with nothing. */
type InputOf<Variables> = Variables extends { input: infer Input }
  ? Input
  : // biome-ignore lint/suspicious/noConfusingVoidType: only this may be left out of a call
    void;

export type Submitting<Input, Payload> = {
  /**
   * Sends the input; answers the payload where it was done, and null where it was not. Where
   * something is known to be wrong with it already, that is said and nothing is sent.
   */
  submit: (input: Input, wrong?: UserError[]) => Promise<Payload | null>;
  isBusy: boolean;
  /** What the server says of the field at this path below `input`, such as `lineItems.0.rate`. */
  errorAt: (path: string) => string | undefined;
  /** What it says of no field that is shown. */
  others: (...shown: string[]) => string[];
  /** Whether it was refused for this reason. */
  has: (code: UserErrorCode) => boolean;
  clear: () => void;
};

const LOST =
  'The server cannot be reached. Nothing of this form is lost: try again when you are online.';

/**
 * Sends a form. A second click while the first is under way does nothing; what the server refuses
 * stands at its field in the server's words; when the line is lost, nothing of the form is, and
 * `lost` is said.
 */
export function useSubmit<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  lost = LOST,
): Submitting<InputOf<Variables>, PayloadOf<Data>> {
  const client = useClient();
  const busy = useRef(false);
  const [sending, setSending] = useState({ isBusy: false });
  const [errors, setErrors] = useState<UserError[]>([]);

  // Not before what was answered is shown: a key pressed until then is still of the form as it was.
  useEffect(() => {
    busy.current = sending.isBusy;
  }, [sending]);

  async function submit(input: InputOf<Variables>, wrong: UserError[] = []) {
    if (busy.current) return null;
    if (wrong.length > 0) {
      setErrors(wrong);
      return null;
    }
    busy.current = true;
    setSending({ isBusy: true });
    try {
      const asked = client.mutation<Data, AnyVariables>(document, { input });
      const { data, error } = await asked.toPromise();
      const payload = payloadOf(data);
      const failed = payload === null ? failures(error, lost) : payload.userErrors;
      setErrors(failed);
      return failed.length === 0 ? payload : null;
    } finally {
      setSending({ isBusy: false });
    }
  }

  const at = (error: UserError) => error.path?.slice(1).join('.') ?? '';
  return {
    submit,
    isBusy: sending.isBusy,
    errorAt: (path) => errors.find((error) => at(error) === path)?.message,
    others: (...shown) =>
      errors.filter((error) => !shown.includes(at(error))).map((error) => error.message),
    has: (code) => errors.some((error) => error.code === code),
    clear: () => setErrors([]),
  };
}

type Answered<Data> = (PayloadOf<Data> & { userErrors: UserError[] }) | null;

function payloadOf<Data>(data: Data | undefined): Answered<Data> {
  const values = Object.values(data ?? {});
  return (values.find((value) => typeof value === 'object') as Answered<Data>) ?? null;
}

function failures(error: CombinedError | undefined, lost: string): UserError[] {
  if (error?.networkError) return [{ code: 'FAILED', message: lost }];
  if (error === undefined) return [{ code: 'FAILED', message: 'The server gave no answer.' }];
  return error.graphQLErrors.map(({ message }) => refused(message));
}

/** A text that is no amount or no day is refused before the input is looked at as a whole. */
function refused(message: string): UserError {
  const found = /^Variable '\$input' has invalid value at \.(\S+): (.+)$/.exec(message);
  if (found === null) return { code: 'FAILED', message };
  const [, place = '', words = ''] = found;
  return { code: 'INVALID_INPUT', message: words, path: ['input', ...place.split(/[.[\]]+/)] };
}
