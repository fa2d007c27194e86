import { graphql } from '../gql';
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

/** Asks for a look at what has changed there. When it was done, `lastSyncedAt` is later. */
export function Sync({ isSyncing, onSync }: { isSyncing: boolean; onSync: () => void }) {
  const { submit, isBusy, others } = useSubmit(SyncQuickBooks);
  const sync = async () => {
    if ((await submit()) !== null) onSync();
  };
  return (
    <>
      <button type="button" aria-disabled={isBusy} onClick={sync}>
        Sync now
      </button>
      <span role="status">{isSyncing && 'Looking for changes…'}</span>
      <Errors messages={others()} />
    </>
  );
}
