import { createClient, type Client as Socket } from 'graphql-ws';
import { authorization } from './key';

export type Connection = 'connecting' | 'live' | 'lost';

type Told = (connection: Connection) => void;

const KEEP_ALIVE_MS = 10_000;
const RETRY_MS_MAX = 8_000;

/** The socket that tells of changes. It connects again and again, for as long as the page is open. */
export function openSocket(key: string | null, tell: Told): Socket {
  const socket = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization(key),
    keepAlive: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    // A server that is not there yet is an error event, which by itself would not be tried again.
    shouldRetry: (why) => why instanceof Event,
    retryWait: (retries) => untilOnline(Math.min(250 * 2 ** retries, RETRY_MS_MAX)),
    on: {
      connecting: (isRetry) => isRetry || tell('connecting'),
      connected: () => tell('live'),
      closed: () => tell('lost'),
    },
  });
  return socket;
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
