import {
  type Client,
  type Exchange,
  makeOperation,
  type Operation,
  type OperationResult,
} from '@urql/core';
import { map, pipe, tap } from 'wonka';

/** A query that is on the screen, with what it was answered last. */
type Shown = {
  operation: Operation;
  data?: unknown;
  isAsked: boolean;
  /** Something has changed since it was asked: its answer may not know of that. */
  isDue: boolean;
};

type Tell = {
  /** Something has changed: by us, or as the server tells. */
  changed: () => void;
  /** A query could not be answered. */
  lost: () => void;
  answered: () => void;
};

/** Knows which queries are on the screen, so that they can be read again. */
export class Active {
  private readonly queries = new Map<number, Shown>();

  constructor(private readonly tell: Tell) {}

  readonly exchange: Exchange =
    ({ client, forward }) =>
    (operations) =>
      pipe(
        operations,
        tap((operation) => this.follow(operation)),
        forward,
        map((result) => this.kept(result, client)),
      );

  /**
   * Reads what is on the screen again. What is being asked waits for its answer, lest an older one
   * come last; but not where the line is a new one, since that answer may never come.
   */
  readAgain(client: Client, isNewLine: boolean): void {
    for (const shown of this.queries.values()) {
      shown.isDue = shown.isAsked;
      if (isNewLine || !shown.isAsked) ask(client, shown);
    }
  }

  private follow(operation: Operation): void {
    const { key, kind } = operation;
    if (kind === 'teardown') this.queries.delete(key);
    if (kind !== 'query') return;
    const shown = this.queries.get(key);
    this.queries.set(key, { isDue: false, ...shown, operation, isAsked: true });
  }

  /** What is on the screen stays there where it cannot be read again, and so does what is typed. */
  private kept(result: OperationResult, client: Client): OperationResult {
    const { operation, error, data, stale } = result;
    if (operation.kind !== 'query') {
      if (error === undefined) this.tell.changed();
      return result;
    }
    if (error?.networkError) this.tell.lost();
    else if (!stale) this.tell.answered();
    const shown = this.queries.get(operation.key);
    if (shown === undefined) return result;
    if (error === undefined || data) shown.data = data;
    // What is stale comes from the cache, and the answer after it.
    shown.isAsked = stale;
    if (!stale && shown.isDue) {
      shown.isDue = false;
      if (!error?.networkError) ask(client, shown);
    }
    return { ...result, data: shown.data };
  }
}

function ask(client: Client, { operation }: Shown): void {
  const context = { ...operation.context, requestPolicy: 'network-only' as const };
  client.reexecuteOperation(makeOperation('query', operation, context));
}
