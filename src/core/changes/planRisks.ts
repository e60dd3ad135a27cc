import type { AccessModel } from '../findings/findings.ts';
import type { Group, Member } from '../model.ts';
import type { Change, PlanRisk } from './changes.ts';
import { isOwn, type PlanGroup, type PlanTenant, type PlanWorld } from './planWorld.ts';

/** What deserves a second thought, each once a group. */
export function planRisks(changes: readonly Change[], world: PlanWorld): PlanRisk[] {
  const byGroup = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.groupId === undefined) continue;
    const key = JSON.stringify([change.tenantId, change.groupId]);
    const same = byGroup.get(key);
    if (same) same.push(change);
    else byGroup.set(key, [change]);
  }
  return [...byGroup.values()].flatMap((own) => {
    const [first] = own;
    const tenant = first && world.tenant(first.tenantId);
    const place = first?.groupId === undefined ? undefined : world.group(first.tenantId, first.groupId);
    if (!first || !tenant || !place) return [];
    const told = { tenantId: first.tenantId, tenantName: tenant.name, groupId: place.group.id };
    const isOwnIn = (member: Member) => world.isOwnIn?.(first.tenantId, member);
    return risksOf(own, tenant, place, isOwnIn).map((code) => ({ code, ...told, groupName: place.group.name }));
  });
}

function risksOf(
  changes: readonly Change[],
  tenant: PlanTenant,
  { group, members, isWhole }: PlanGroup,
  isOwnIn: (member: Member) => boolean | undefined,
): PlanRisk['code'][] {
  if (changes.some(({ kind }) => kind === 'deleteGroup')) return ['deletesGroup'];
  const isAdmin = adminTest(tenant.rules.access, group);
  const after = new Map<Member, string | undefined | null>();
  let added = 0;
  let isStrangerGone = false;
  for (const { principal, after: state } of changes) {
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
  const losesAdmin = members.all.some((member) => isAdmin(member.accessRight) && !isAdminAfter(member));
  // Of a group that is not known whole, only who is made an administrator here surely is one.
  const isKnown = (member: Member) => isWhole || after.has(member);
  const left = added + members.all.filter((member) => isAdminAfter(member) && isKnown(member)).length;
  const isRisky = losesAdmin || (!isWhole && isStrangerGone);
  /** The member goes, or is an administrator no more. */
  const loses = (member: Member) =>
    after.has(member) && (after.get(member) === null || (isAdmin(member.accessRight) && !isAdminAfter(member)));
  return [
    ...(isRisky && left === 0 ? [isWhole ? ('lastAdmin' as const) : ('unknownAdmins' as const)] : []),
    ...ownRisk(members.all, tenant, loses, isOwnIn),
  ];
}

function ownRisk(
  all: readonly Member[],
  tenant: PlanTenant,
  loses: (member: Member) => boolean,
  isOwnIn: (member: Member) => boolean | undefined,
): PlanRisk['code'][] {
  const own = all.filter((member) => isOwn(tenant, member));
  if (own.some(loses)) return ['ownAccess'];
  // Who is named there stays, whatever group they are in besides; an administrator of the tenant needs no group.
  const isNamed = own.length > 0;
  const isKnown = tenant.account !== undefined || tenant.accountId !== undefined;
  if (isNamed || !isKnown || tenant.connection.scope === 'admin') return [];
  const ways = all.filter((member) => member.principalType === 'group' && loses(member)).map(isOwnIn);
  if (ways.includes(true)) return ['ownAccess'];
  return ways.includes(undefined) ? ['unknownOwn'] : [];
}

/** Whether a right makes an administrator of a group; in a group of administrators every member is one. */
export function adminTest(access: AccessModel | undefined, group: Group): (right: string | undefined) => boolean {
  const { rights, administrators } = access ?? {};
  if (administrators && group.kind === administrators.kind && group.name === administrators.name) return () => true;
  return (right) => right !== undefined && (rights?.admin.includes(right) ?? false);
}
