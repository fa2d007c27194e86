import { type Client, type Exchange, makeOperation, type Operation } from '@urql/core';
import { pipe, tap } from 'wonka';

/** Knows which queries are on the screen, so that they can be read again. */
export class Active {
  private readonly queries = new Map<number, Operation>();

  readonly exchange: Exchange =
    ({ forward }) =>
    (operations) =>
      pipe(
        operations,
        tap((operation) => {
          if (operation.kind === 'query') this.queries.set(operation.key, operation);
          if (operation.kind === 'teardown') this.queries.delete(operation.key);
        }),
        forward,
      );

  readAgain(client: Client): void {
    for (const query of this.queries.values()) {
      const context = { ...query.context, requestPolicy: 'network-only' as const };
      client.reexecuteOperation(makeOperation('query', query, context));
    }
  }
}
