import type { Wish } from '../../core/changes/changes.ts';
import { heldMembers } from '../../core/changes/heldMembers.ts';
import { isOwn, type PlanGroup, type PlanTenant } from '../../core/changes/planWorld.ts';
import type { Member } from '../../core/model.ts';
import type { StoreReader } from '../../core/store.ts';

/** Groups that are looked into for one's own account, of a group that goes. */
const mostGroups = 200;

export function wayKey(tenantId: string, { identifier }: Pick<Member, 'identifier'>): string {
  return JSON.stringify([tenantId, identifier.toLowerCase()]);
}

/**
 * Of the groups that somebody wants to go as members, or to have another right: whether one's own account is in them, also
 * through others; by what is held. Nothing of those that are not known, or not whole.
 */
export async function readOwnWays(
  reader: StoreReader,
  {
    tenants,
    groups,
    wishes,
  }: {
    readonly tenants: ReadonlyMap<string, PlanTenant>;
    readonly groups: ReadonlyMap<string, PlanGroup>;
    readonly wishes: readonly Wish[];
  },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, boolean>> {
  const ways = new Map<string, boolean>();
  const looked = new Set<string>();
  for (const { tenantId, groupId, principal } of wishes) {
    const tenant = tenants.get(tenantId);
    const member = principal && groups.get(JSON.stringify([tenantId, groupId]))?.members.find(principal);
    if (!tenant || member?.principalType !== 'group') continue;
    const key = wayKey(tenantId, member);
    if (looked.has(key)) continue;
    looked.add(key);
    const isIn = await isOwnIn(reader, tenantId, tenant, member);
    signal.throwIfAborted();
    if (isIn !== undefined) ways.set(key, isIn);
  }
  return ways;
}

async function isOwnIn(
  reader: StoreReader,
  tenantId: string,
  tenant: PlanTenant,
  start: Member,
): Promise<boolean | undefined> {
  const queue = [{ tenantId, member: start }];
  const seen = new Set<string>();
  let isKnown = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const group = reader.groupOf(next.tenantId, next.member);
    if (!group || seen.size >= mostGroups) {
      isKnown = false;
      continue;
    }
    const id = JSON.stringify(group);
    if (seen.has(id)) continue;
    seen.add(id);
    if (reader.completeness({ list: 'members', ...group }).state !== 'complete') isKnown = false;
    const { all } = await heldMembers(reader, group.tenantId, group.groupId);
    if (all.some((member) => isOwn(tenant, member))) return true;
    for (const member of all) if (member.principalType === 'group') queue.push({ tenantId: group.tenantId, member });
  }
  return isKnown ? false : undefined;
}
