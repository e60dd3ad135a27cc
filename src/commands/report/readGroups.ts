import type { Snapshot, SnapshotGroup } from '../../core/snapshot.ts';
import type { Turns } from '../../core/turns/turns.ts';

export interface ReadGroup extends Pick<SnapshotGroup, 'id' | 'serviceId' | 'name'> {
  readonly tenantId: string;
  readonly state: SnapshotGroup['members']['state'];
}

/** The groups of tenants, tenant by tenant. */
export async function readGroups(
  snapshot: Snapshot,
  tenantIds: readonly string[],
  turns: Turns,
): Promise<readonly ReadGroup[]> {
  const groups: ReadGroup[] = [];
  for (const tenantId of tenantIds) {
    for (const { id, serviceId, name, members } of snapshot.groups(tenantId)) {
      groups.push({ id, serviceId, name, tenantId, state: members.state });
      if (turns.isOver()) await turns.next();
    }
  }
  return groups;
}
