import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { Provider } from 'urql';
import { Api } from './client';
import { findKey, keepKey } from './key';
import type { Connection } from './live';

type Session = { api: Api; hasKey: boolean; signIn: (key: string) => void; signOut: () => void };

const SessionContext = createContext<Session | null>(null);

/** Gives all below it the server, as who has the key. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [who, setWho] = useState(() => ({ key: findKey() }));
  const [api, setApi] = useState<Api | null>(null);
  useEffect(() => {
    const made = new Api(who.key);
    setApi(made);
    return () => made.close();
  }, [who]);
  if (api === null) return null;
  const change = (key: string | null) => {
    keepKey(key);
    // All below begins anew: nothing of one key's is asked for, or seen, with another.
    setApi(null);
    setWho({ key });
  };
  const signOut = () => {
    // What was typed and not sent is not for whoever comes next.
    sessionStorage.clear();
    change(null);
  };
  const session = { api, hasKey: who.key !== null, signIn: change, signOut };
  return (
    <SessionContext value={session}>
      <Provider value={api.client}>{children}</Provider>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('There is no ApiProvider above');
  return session;
}

/** How the connection to the server is. */
export function useConnection(): Connection {
  const { api } = useSession();
  return useSyncExternalStore(api.watch, api.state);
}
