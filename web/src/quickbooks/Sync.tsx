import { graphql } from '../gql';
import type { SyncQuickBooksMutation } from '../gql/graphql';
import { Errors } from '../parts/Errors';
import { useSubmit } from '../parts/useSubmit';

const SyncQuickBooks = graphql(`
  mutation SyncQuickBooks {
    syncQuickBooks {
      quickBooks { ...Connection }
      userErrors { code message path }
    }
  }
`);

type Payload = NonNullable<SyncQuickBooksMutation['syncQuickBooks']>;

/** Asks for a look at what has changed there. When it was done, `lastSyncedAt` is later. */
export function Sync({ isSyncing, onSync }: { isSyncing: boolean; onSync: () => void }) {
  const { submit, isBusy, others } = useSubmit<Payload, void>(SyncQuickBooks);
  const sync = async () => {
    if ((await submit()) !== null) onSync();
  };
  return (
    <>
      <button type="button" disabled={isBusy} onClick={sync}>
        Sync now
      </button>
      <span role="status">{isSyncing && 'Looking for changes…'}</span>
      <Errors messages={others()} />
    </>
  );
}
