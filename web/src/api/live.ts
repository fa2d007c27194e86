import {
  createClient,
  type Sink,
  type Client as Socket,
  type SubscribePayload,
  TerminatedCloseEvent,
} from 'graphql-ws';
import { authorization } from './key';

export type Connection = 'connecting' | 'live' | 'lost';

type Tell = {
  connection: (now: Connection) => void;
  /** The server does not know the key, or knows it no more. */
  refused: () => void;
};

const KEEP_ALIVE_MS = 10_000;
const ANSWER_MS = 5_000;
const RETRY_MS_MAX = 8_000;
const SUBSCRIBE_AGAIN_MS = 2_000;
const FORBIDDEN = 4403;

/** The socket that tells of changes. It connects again and again, for as long as the page is open. */
export function openSocket(key: string | null, tell: Tell): Socket {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization(key),
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: ANSWER_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    // A server that is not there yet is an error event, which by itself would not be tried again.
    shouldRetry: (why) => why instanceof Event || why instanceof TerminatedCloseEvent,
    retryWait: (retries) => untilOnline(Math.min(250 * 2 ** retries, RETRY_MS_MAX)),
    on: {
      connecting: (isRetry) => isRetry || tell.connection('connecting'),
      connected: () => tell.connection('live'),
      // Of a line that leads nowhere any more the browser says nothing for many minutes.
      ping: () => {
        silence = setTimeout(() => socket.terminate(), ANSWER_MS);
      },
      pong: () => clearTimeout(silence),
      closed: (why) => {
        clearTimeout(silence);
        tell.connection('lost');
        if (why instanceof CloseEvent && why.code === FORBIDDEN) tell.refused();
      },
    },
  });
  return socket;
}

/**
 * Where the server cannot tell of changes for now, as without its database, nothing is live: the
 * line is given up, and begun anew a moment later.
 */
export function keepSubscribed(socket: Socket, asked: SubscribePayload, sink: Sink): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end = () => {};
  const begin = () => {
    end = socket.subscribe(asked, {
      ...sink,
      error: () => {
        timer = setTimeout(begin, SUBSCRIBE_AGAIN_MS);
        socket.terminate();
      },
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    end();
  };
}

/** Waits so long, or until the browser says that it is online again. */
function untilOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
  });
}
