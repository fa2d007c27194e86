import { showInstant } from '../format/dates';
import type { ConnectionFragment } from '../gql/graphql';

export function Facts({ connection }: { connection: ConnectionFragment }) {
  const { companyName, realmId, connectedAt, lastSyncedAt, pendingExports } = connection;
  return (
    <dl className="facts">
      <div>
        <dt>Company</dt>
        <dd>
          <strong>{companyName}</strong> ({realmId})
        </dd>
      </div>
      <div>
        <dt>Connected since</dt>
        <dd>{connectedAt && showInstant(connectedAt)}</dd>
      </div>
      <div>
        <dt>Last synced</dt>
        <dd>{lastSyncedAt ? showInstant(lastSyncedAt) : 'Not yet'}</dd>
      </div>
      <div>
        <dt>Waiting to be exported</dt>
        <dd>{pendingExports}</dd>
      </div>
    </dl>
  );
}
