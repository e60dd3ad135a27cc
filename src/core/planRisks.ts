import type { Change, PlanRisk } from './changes.ts';
import type { AccessModel } from './findings.ts';
import type { Group, Member } from './model.ts';
import { isOwn, type PlanGroup, type PlanTenant, type PlanWorld } from './planWorld.ts';

/** What deserves a second thought, each once a group. */
export function planRisks(changes: readonly Change[], world: PlanWorld): PlanRisk[] {
  const byGroup = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.groupId === undefined) continue;
    const key = JSON.stringify([change.tenantId, change.groupId]);
    byGroup.set(key, [...(byGroup.get(key) ?? []), change]);
  }
  return [...byGroup.values()].flatMap((own) => {
    const [first] = own;
    const tenant = first && world.tenant(first.tenantId);
    const place = first?.groupId === undefined ? undefined : world.group(first.tenantId, first.groupId);
    if (!first || !tenant || !place) return [];
    const told = { tenantId: first.tenantId, tenantName: tenant.name, groupId: place.group.id };
    return risksOf(own, tenant, place).map((code) => ({ code, ...told, groupName: place.group.name }));
  });
}

function risksOf(changes: readonly Change[], tenant: PlanTenant, place: PlanGroup): PlanRisk['code'][] {
  if (changes.some(({ kind }) => kind === 'deleteGroup')) return ['deletesGroup'];
  const { group, members, isWhole } = place;
  const isAdmin = adminTest(tenant.rules.access, group);
  const after = new Map<Member, string | undefined | null>();
  let added = 0;
  for (const { principal, after: state } of changes) {
    if (!principal) continue;
    const member = members.find(principal);
    if (member) after.set(member, state ? state.accessRight : null);
    else if (state && isAdmin(state.accessRight)) added += 1;
  }
  const rightAfter = (member: Member) => (after.has(member) ? after.get(member) : member.accessRight);
  const admins = members.all.filter(({ accessRight }) => isAdmin(accessRight));
  const isLeft = (member: Member) => {
    const right = rightAfter(member);
    return right !== null && isAdmin(right);
  };
  const left = members.all.filter(isLeft);
  const loses = !admins.every(isLeft);
  const own = members.all.find((member) => after.has(member) && isOwn(tenant, member));
  const ownAfter = own && after.get(own);
  const losesOwn = own && (ownAfter === null || (isAdmin(own.accessRight) && !isAdmin(ownAfter)));
  return [
    ...(loses && left.length + added === 0 ? [isWhole ? ('lastAdmin' as const) : ('unknownAdmins' as const)] : []),
    ...(losesOwn ? ['ownAccess' as const] : []),
  ];
}

/** Whether a right makes an administrator of a group; in a group of administrators every member is one. */
function adminTest(access: AccessModel | undefined, group: Group): (right: string | undefined) => boolean {
  const { rights, administrators } = access ?? {};
  if (administrators && group.kind === administrators.kind && group.name === administrators.name) return () => true;
  return (right) => right !== undefined && (rights?.admin.includes(right) ?? false);
}
