import { type Client, createClient, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Sink, Client as Socket, SubscribePayload } from 'graphql-ws';
import { graphql } from '../gql';
import { Active } from './active';
import { cache } from './cache';
import { authorization } from './key';
import { type Connection, keepSubscribed, openSocket } from './live';
import { idOf, trustedDocuments } from './trusted';

const Listening = graphql(`query Listening { __typename }`);

// After a change what is on the screen is read again: within a second, and at most this often;
// less often where it cannot be read.
const READ_AGAIN_MS = 800;
const READ_AGAIN_MS_MAX = 15_000;

/** What a page needs of the server: answers, changes as they happen, and how the line is. */
export class Api {
  readonly client: Client;
  private readonly active = new Active({
    changed: () => this.readSoon(),
    lost: () => this.lost(),
    answered: () => this.answered(),
  });
  private readonly socket: Socket;
  private readonly watchers = new Set<() => void>();
  private connection: Connection = 'connecting';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readAt = 0;
  private pauseMs = READ_AGAIN_MS;
  private failedAt = -1;

  constructor(key: string | null) {
    this.socket = openSocket(key, {
      connection: (now) => this.tell(now),
      // The answer will say so as well, and the page asks for another.
      refused: () => this.readNow(),
    });
    this.client = createClient({
      url: '/graphql',
      preferGetMethod: false,
      fetchOptions: { headers: authorization(key) },
      exchanges: [
        this.active.exchange,
        cache(),
        trustedDocuments,
        fetchExchange,
        subscriptionExchange({
          forwardSubscription: (asked) => ({
            subscribe: (sink) => ({
              unsubscribe: keepSubscribed(this.socket, byId(asked), sink as Sink),
            }),
          }),
        }),
      ],
    });
  }

  /** For React's useSyncExternalStore. */
  readonly watch = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  readonly state = () => this.connection;

  /** Sums and lists on the screen follow a change, at once or a moment later. */
  readonly readSoon = () => {
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.readAt + this.pauseMs - Date.now());
    this.timer = setTimeout(() => this.readNow(), wait);
  };

  close(): void {
    clearTimeout(this.timer);
    void this.socket.dispose();
  }

  private readNow(isNewLine = false): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.readAt = Date.now();
    this.active.readAgain(this.client, isNewLine);
  }

  /** While the line is lost this waits: all is read when it is back. */
  private lost(): void {
    if (this.connection !== 'live') return;
    if (this.failedAt !== this.readAt) this.pauseMs = Math.min(this.pauseMs * 2, READ_AGAIN_MS_MAX);
    this.failedAt = this.readAt;
    this.readSoon();
  }

  private answered(): void {
    if (this.failedAt !== this.readAt) this.pauseMs = READ_AGAIN_MS;
  }

  private tell(connection: Connection): void {
    this.connection = connection;
    for (const watcher of this.watchers) watcher();
    // The subscription is sent first, in the same turn; the server handles messages in their order.
    if (connection === 'live') setTimeout(() => void this.catchUp());
  }

  /** When this is answered the server tells us of changes; what came before is read after that. */
  private async catchUp(): Promise<void> {
    const asked = this.socket.iterate(byId({ documentId: idOf(Listening) }));
    const answer = await asked.next().catch(() => undefined);
    if (answer?.done === false) this.readNow(true);
  }
}

// graphql-ws wants a text in every message; the server goes by the id beside it.
const byId = (asked: object) => ({ ...asked, query: '' }) as SubscribePayload;
