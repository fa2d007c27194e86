import {
  type Client,
  type Exchange,
  makeOperation,
  type Operation,
  type OperationResult,
} from '@urql/core';
import { map, pipe, tap } from 'wonka';

/** A query that is on the screen, with what it was answered last. */
type Shown = { operation: Operation; data?: unknown };

/** Knows which queries are on the screen, so that they can be read again. */
export class Active {
  private readonly queries = new Map<number, Shown>();

  /** `onLost` is called for each that could not be answered. */
  constructor(private readonly onLost: () => void) {}

  readonly exchange: Exchange =
    ({ forward }) =>
    (operations) =>
      pipe(
        operations,
        tap((operation) => this.follow(operation)),
        forward,
        map((result) => this.kept(result)),
      );

  readAgain(client: Client): void {
    for (const { operation } of this.queries.values()) {
      const context = { ...operation.context, requestPolicy: 'network-only' as const };
      client.reexecuteOperation(makeOperation('query', operation, context));
    }
  }

  private follow(operation: Operation): void {
    const { key, kind } = operation;
    if (kind === 'query') this.queries.set(key, { ...this.queries.get(key), operation });
    if (kind === 'teardown') this.queries.delete(key);
  }

  /** What is on the screen stays there where it cannot be read again, and so does what is typed. */
  private kept(result: OperationResult): OperationResult {
    const { operation, error, data } = result;
    if (operation.kind === 'query' && error?.networkError) this.onLost();
    const shown = this.queries.get(operation.key);
    if (shown === undefined) return result;
    if (error === undefined || data) shown.data = data;
    return { ...result, data: shown.data };
  }
}
