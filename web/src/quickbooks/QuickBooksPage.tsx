import { useState } from 'react';
import { useQuery } from 'urql';
import { useMayChange, useViewer } from '../api/useViewer';
import { graphql } from '../gql';
import type { ConnectionFragment } from '../gql/graphql';
import { Answered } from '../parts/Answered';
import { Said } from '../parts/Said';
import { useReadWhile } from '../parts/useReadWhile';
import { useSaid } from '../parts/useSaid';
import { useTitle } from '../parts/useTitle';
import { Connect } from './Connect';
import { ConnectionFacts } from './ConnectionFacts';
import { Disconnect } from './Disconnect';
import { ExportOpen } from './ExportOpen';
import { Sync } from './Sync';
import '../style/quickbooks.css';

const QuickBooks = graphql(`
  query QuickBooks {
    quickBooks { ...Connection }
  }
`);

export default function QuickBooksPage() {
  useTitle('QuickBooks');
  const [query] = useQuery({ query: QuickBooks, requestPolicy: 'cache-and-network' });
  const { said, say } = useSaid();
  // What was the last time, when a new one was asked for.
  const [syncedBefore, setSyncedBefore] = useState<string | null>();
  const connection = query.data?.quickBooks;
  const isSyncing =
    syncedBefore !== undefined &&
    connection?.lastSyncedAt === syncedBefore &&
    !connection.needsReconnect;
  useReadWhile(isSyncing || (connection?.pendingExports ?? 0) > 0);
  return (
    <section className="page">
      <h1>QuickBooks</h1>
      <Said said={said} />
      <Answered query={query}>
        {({ quickBooks }) =>
          quickBooks.isConnected ? (
            <Connected
              connection={quickBooks}
              isSyncing={isSyncing}
              onSync={() => setSyncedBefore(quickBooks.lastSyncedAt ?? null)}
              onDone={say}
            />
          ) : (
            <NotConnected connection={quickBooks} />
          )
        }
      </Answered>
    </section>
  );
}

type Props = {
  connection: ConnectionFragment;
  isSyncing: boolean;
  onSync: () => void;
  onDone: (words: string) => void;
};

function Connected({ connection, isSyncing, onSync, onDone }: Props) {
  const mayChange = useMayChange();
  const isAdmin = useViewer().role === 'admin';
  return (
    <>
      {connection.needsReconnect && (
        <div className="notice warn">
          <p>It has to be connected again before anything goes on.</p>
        </div>
      )}
      <ConnectionFacts connection={connection} />
      <div className="actions">
        {mayChange && !connection.needsReconnect && <Sync isSyncing={isSyncing} onSync={onSync} />}
        {isAdmin && <Connect name="Connect again" isMain={connection.needsReconnect} />}
        {isAdmin && <Disconnect onDone={onDone} />}
      </div>
      <Problems problems={connection.problems} />
      <ExportOpen onDone={onDone} />
    </>
  );
}

function NotConnected({ connection }: { connection: ConnectionFragment }) {
  const isAdmin = useViewer().role === 'admin';
  return (
    <>
      <p>
        No company is connected. Once one is, invoices can be exported to QuickBooks Online, and
        payments that are recorded there come back by themselves.
      </p>
      <div className="actions">
        {isAdmin ? <Connect name="Connect" isMain /> : <p>Only an admin can connect one.</p>}
      </div>
      <Problems problems={connection.problems} />
    </>
  );
}

function Problems({ problems }: { problems: string[] }) {
  if (problems.length === 0) return null;
  return (
    <>
      <h2>Problems</h2>
      <ul className="problems">
        {[...new Set(problems)].map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </>
  );
}
