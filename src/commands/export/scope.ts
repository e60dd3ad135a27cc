import { AppError, cancelled } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Snapshot, SnapshotGroup } from '../../core/snapshot.ts';
import type { Target } from '../../core/target.ts';
import type { Turns } from '../../core/turns.ts';

/** What of a tenant is exported: all of it, or of some groups all members, or some. */
export interface Scope {
  readonly tenant: TenantRecord;
  readonly groups: 'all' | ReadonlyMap<string, 'all' | ReadonlySet<string>>;
}

/** Rows as scopes, so that nothing is exported twice. @throws AppError `notFound` for a tenant that is gone */
export function toScopes(snapshot: Snapshot, targets: readonly Target[]): readonly Scope[] {
  const tenants = new Map(snapshot.tenants().map((tenant) => [tenant.id, tenant]));
  const chosen = new Map<string, 'all' | Map<string, 'all' | Set<string>>>();
  for (const { tenantId, groupId, memberId } of targets) {
    const groups = chosen.get(tenantId) ?? new Map<string, 'all' | Set<string>>();
    chosen.set(tenantId, groupId === undefined ? 'all' : groups);
    if (groupId === undefined || groups === 'all') continue;
    const members = groups.get(groupId) ?? new Set<string>();
    groups.set(groupId, memberId === undefined ? 'all' : members);
    if (memberId !== undefined && members !== 'all') members.add(memberId);
  }
  return [...chosen].map(([tenantId, groups]) => {
    const tenant = tenants.get(tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    return { tenant, groups };
  });
}

/** A group of a scope, with its members that are meant. */
export interface ScopedGroup {
  readonly group: SnapshotGroup;
  readonly members: 'all' | ReadonlySet<string>;
}

/** Goes through a scope's groups in turns. @throws AppError `notFound` for a group that is gone; `cancelled` */
export async function* scopedGroups(
  snapshot: Snapshot,
  { tenant, groups }: Scope,
  turns: Turns,
  signal: AbortSignal,
): AsyncGenerator<ScopedGroup> {
  for (const { group, members } of groups === 'all' ? all(snapshot, tenant.id) : some(snapshot, tenant.id, groups)) {
    if (signal.aborted) throw cancelled();
    yield { group, members };
    if (turns.isOver()) await turns.next();
  }
}

function* all(snapshot: Snapshot, tenantId: string): Generator<ScopedGroup> {
  for (const group of snapshot.groups(tenantId)) yield { group, members: 'all' };
}

function* some(
  snapshot: Snapshot,
  tenantId: string,
  groups: ReadonlyMap<string, 'all' | ReadonlySet<string>>,
): Generator<ScopedGroup> {
  for (const [groupId, members] of groups) {
    const [group] = snapshot.groups(tenantId, groupId);
    if (!group) throw new AppError('notFound', 'There is no such group in this tenant.');
    yield { group, members };
  }
}
