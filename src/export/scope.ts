import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Target } from '../core/target.ts';

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

/** The groups of a scope that are gone through as one: all of them, or one with its members that are meant. */
export interface ScopePart {
  readonly groupId?: string;
  readonly members: 'all' | ReadonlySet<string>;
}

export function partsOf({ groups }: Scope): readonly ScopePart[] {
  return groups === 'all' ? [{ members: 'all' }] : [...groups].map(([groupId, members]) => ({ groupId, members }));
}
