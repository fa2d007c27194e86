import { showInstant } from '../format/dates';
import type { ConnectionFragment } from '../gql/graphql';
import { Fact, Facts } from '../parts/Facts';

export function ConnectionFacts({ connection }: { connection: ConnectionFragment }) {
  const { companyName, realmId, connectedAt, lastSyncedAt, pendingExports } = connection;
  return (
    <Facts>
      <Fact name="Company">
        <strong>{companyName}</strong> ({realmId})
      </Fact>
      <Fact name="Connected since">{connectedAt && showInstant(connectedAt)}</Fact>
      <Fact name="Last synced">{lastSyncedAt ? showInstant(lastSyncedAt) : 'Not yet'}</Fact>
      <Fact name="Waiting to be exported">{pendingExports}</Fact>
    </Facts>
  );
}
