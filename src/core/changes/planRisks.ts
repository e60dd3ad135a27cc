import type { AccessModel } from '../findings/findings.ts';
import type { Group, Member } from '../model.ts';
import type { Turns } from '../turns/turns.ts';
import type { Change, PlanRisk } from './changes.ts';
import { isOwn, type PlanGroup, type PlanTenant, type PlanWorld } from './planWorld.ts';

/** What deserves a second thought, each once a group. */
export async function planRisks(
  changes: readonly Change[],
  world: PlanWorld,
  turns: Turns,
): Promise<readonly PlanRisk[]> {
  const ofGroups = changes.filter(({ groupId }) => groupId !== undefined);
  const byGroup = Map.groupBy(ofGroups, ({ tenantId, groupId }) => JSON.stringify([tenantId, groupId]));
  const found: PlanRisk[] = [];
  for (const own of byGroup.values()) {
    if (turns.isOver()) await turns.next();
    const [first] = own;
    const tenant = first && world.tenant(first.tenantId);
    const place = first?.groupId === undefined ? undefined : world.group(first.tenantId, first.groupId);
    if (!first || !tenant || !place) continue;
    const told = { tenantId: first.tenantId, tenantName: tenant.name, groupId: place.group.id };
    const isOwnIn = (member: Member) => world.isOwnIn?.(first.tenantId, member);
    for (const code of await risksOf(own, tenant, { place, isOwnIn, turns }))
      found.push({ code, ...told, groupName: place.group.name });
  }
  return found;
}

interface RiskContext {
  readonly place: PlanGroup;
  readonly turns: Turns;
  isOwnIn(member: Member): boolean | undefined;
}

async function risksOf(
  changes: readonly Change[],
  tenant: PlanTenant,
  { place: { group, members, isWhole }, isOwnIn, turns }: RiskContext,
): Promise<readonly PlanRisk['code'][]> {
  if (changes.some(({ kind }) => kind === 'deleteGroup')) return ['deletesGroup'];
  const isAdmin = adminTest(tenant.rules.access, group);
  const after = new Map<Member, string | undefined | null>();
  let added = 0;
  let isStrangerGone = false;
  for (const { principal, after: state } of changes) {
    if (turns.isOver()) await turns.next();
    if (!principal) continue;
    const member = members.find(principal);
    if (member) after.set(member, state ? state.accessRight : null);
    else if (!state) isStrangerGone = true;
    else if (isAdmin(state.accessRight)) added += 1;
  }
  const isAdminAfter = (member: Member) => {
    const right = after.has(member) ? after.get(member) : member.accessRight;
    return right !== null && isAdmin(right);
  };
  const isLost = (member: Member) => isAdmin(member.accessRight) && !isAdminAfter(member);
  /** The member goes, or is an administrator no more. */
  const loses = (member: Member) => after.has(member) && (after.get(member) === null || isLost(member));
  let [left, isAdminLost] = [added, false];
  const own: Member[] = [];
  const lostGroups: Member[] = [];
  for (const member of members.all) {
    if (turns.isOver()) await turns.next();
    if (isLost(member)) isAdminLost = true;
    // Of a group that is not known whole, only who is made an administrator here surely is one.
    if (isAdminAfter(member) && (isWhole || after.has(member))) left += 1;
    if (isOwn(tenant, member)) own.push(member);
    if (member.principalType === 'group' && loses(member)) lostGroups.push(member);
  }
  const isRisky = isAdminLost || (!isWhole && isStrangerGone);
  return [
    ...(isRisky && left === 0 ? [isWhole ? ('lastAdmin' as const) : ('unknownAdmins' as const)] : []),
    ...(own.some(loses) ? ['ownAccess' as const] : own.length > 0 ? [] : riskOfGroups(lostGroups, tenant, isOwnIn)),
  ];
}

/** What it may mean for the account itself that groups lose access, where it is in none by name. */
function riskOfGroups(
  lost: readonly Member[],
  tenant: PlanTenant,
  isOwnIn: (member: Member) => boolean | undefined,
): PlanRisk['code'][] {
  const isKnown = tenant.account !== undefined || tenant.accountId !== undefined;
  // An administrator of the tenant needs no group.
  if (!isKnown || tenant.connection.scope === 'admin') return [];
  const ways = lost.map(isOwnIn);
  if (ways.includes(true)) return ['ownAccess'];
  return ways.includes(undefined) ? ['unknownOwn'] : [];
}

/** Whether a right makes an administrator of a group; in a group of administrators every member is one. */
export function adminTest(access: AccessModel | undefined, group: Group): (right: string | undefined) => boolean {
  const { rights, administrators } = access ?? {};
  if (administrators && group.kind === administrators.kind && group.name === administrators.name) return () => true;
  return (right) => right !== undefined && (rights?.admin.includes(right) ?? false);
}
