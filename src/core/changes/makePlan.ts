import type { Member } from '../model.ts';
import { createTurns } from '../turns/turns.ts';
import type { Change, ChangePrincipal, ChangeState, Plan, PlanProblem, Wish } from './changes.ts';
import { ordered } from './planOrder.ts';
import { planRisks } from './planRisks.ts';
import { type PlanGroup, type PlanTenant, type PlanWorld, principalOf } from './planWorld.ts';
import { isOfGroup, isOfMember, wishProblem } from './wishProblem.ts';

/** More is a mistake, or work for several evenings. */
export const mostChanges = 10_000;

/**
 * What is to be done for some wishes, as things are now: each with its before and after. Wishes are taken in their order;
 * one that repeats another is left out, and of two that contradict each other the later one is a problem. In a group, who
 * comes is before who goes. Other work gets its turn meanwhile.
 */
export async function makePlan(wishes: readonly Wish[], world: PlanWorld): Promise<Plan> {
  if (wishes.length > mostChanges)
    return { changes: [], unchanged: [], problems: [{ wish: -1, code: 'tooMany' }], risks: [], gaps: [] };
  const changes: Change[] = [];
  const unchanged: number[] = [];
  const problems: PlanProblem[] = [];
  const gaps = new Map<PlanGroup, Plan['gaps'][number]>();
  const taken = takenWishes();
  const turns = createTurns();
  for (const [index, wish] of wishes.entries()) {
    if (turns.isOver()) await turns.next();
    const tenant = world.tenant(wish.tenantId);
    const { groupId } = wish;
    const place = groupId === undefined || !isOfGroup(wish) ? undefined : world.group(wish.tenantId, groupId);
    const problem = wishProblem(wish, tenant, place, world);
    if (problem || !tenant) {
      problems.push({ wish: index, ...(problem ?? { code: 'noTenant' }) });
      continue;
    }
    const member = wish.principal && place?.members.find(wish.principal);
    const clash = taken.take(wish, index, member);
    if (clash) {
      problems.push({ wish: index, ...clash });
      continue;
    }
    if (place && isOfMember(wish) && !place.isWhole) {
      const { id, name } = place.group;
      gaps.set(place, { tenantId: wish.tenantId, groupId: id, groupName: name });
    }
    problems.push(...warnings(wish, index, member, place));
    // What was made nevertheless when nobody heard of it would be made a second time.
    if (wish.kind === 'createGroup' && world.isNameTaken?.(wish.tenantId, wish.name?.trim() ?? ''))
      problems.push({ wish: index, code: 'nameTaken', isWarning: true });
    const change = changeOf(wish, tenant, place, member);
    if (change) changes.push(change);
    else unchanged.push(index);
  }
  return {
    changes: await ordered(changes, world, turns),
    unchanged,
    problems,
    risks: await planRisks(changes, world, turns),
    gaps: [...gaps.values()],
  };
}

/** The change that fulfils a wish; nothing where it is so already. */
function changeOf(
  wish: Wish,
  tenant: PlanTenant,
  place: PlanGroup | undefined,
  member: Member | undefined,
): Change | undefined {
  const { kind, tenantId, accessRight, name, owner, undoes } = wish;
  const about = {
    tenantId,
    tenantName: tenant.name,
    ...(place ? { groupId: place.group.id, groupName: place.group.name } : {}),
    ...(undoes === undefined ? {} : { undoes }),
  };
  const named = { ...(name === undefined ? {} : { name: name.trim() }) };
  if (kind === 'createGroup') return { kind, ...about, after: named };
  if (kind === 'refreshUserPermissions') return { kind, ...about };
  const before = { name: place?.group.name ?? '' };
  if (kind === 'deleteGroup') return { kind, ...about, before };
  if (kind === 'restoreGroup') return { kind, ...about, after: { ...named, ...(owner ? { owner } : {}) } };
  if (kind === 'renameGroup') return before.name === named.name ? undefined : { kind, ...about, before, after: named };
  const { principal } = wish;
  if (!principal) return undefined;
  const held = member && stateOf(member);
  if (kind === 'removeMember') {
    // Of a group that is not known whole, the service knows better.
    if (!held && place?.isWhole) return undefined;
    return { kind, ...about, principal: member ? principalOf(member) : principal, before: held ?? {} };
  }
  const after = accessRight === undefined ? {} : { accessRight };
  if (!member || !held) return { kind: 'addMember', ...about, principal, after };
  if (held.accessRight === after.accessRight) return undefined;
  const isRemovedAndAdded = tenant.rules.isRemovedAndAdded?.(tenant.connection) === true;
  return {
    kind: 'changeAccessRight',
    ...about,
    principal: principalOf(member),
    before: held,
    after,
    ...(isRemovedAndAdded ? { isRemovedAndAdded } : {}),
  };
}

function stateOf({ accessRight }: Member): ChangeState {
  return accessRight === undefined ? {} : { accessRight };
}

function warnings(
  wish: Wish,
  index: number,
  member: Member | undefined,
  place: PlanGroup | undefined,
): readonly PlanProblem[] {
  const isWarning = true;
  const found: PlanProblem[] = [];
  if (wish.kind !== 'addMember' && isOfMember(wish) && !member && place?.isWhole)
    found.push({ wish: index, code: 'notMember', isWarning });
  const { expected } = wish;
  if (expected === undefined || !place?.isWhole) return found;
  const isAsExpected = member ? expected !== null && expected.accessRight === member.accessRight : expected === null;
  const now = member?.accessRight === undefined ? [] : [member.accessRight];
  return isAsExpected ? found : [...found, { wish: index, code: 'changedSince', values: now, isWarning }];
}

interface TakenWishes {
  /** What a wish is to those before it; nothing where it is the first of its kind. */
  take(wish: Wish, index: number, member: Member | undefined): Omit<PlanProblem, 'wish'> | undefined;
}

function takenWishes(): TakenWishes {
  const subjects = new Map<string, { readonly index: number; readonly effect: string }>();
  const deleted = new Map<string, number>();
  const touched = new Map<string, number>();
  return {
    take: (wish, index, member) => {
      const group = JSON.stringify([wish.tenantId, wish.groupId]);
      const own = subjectsOf(wish, member).map((subject) => JSON.stringify([group, subject]));
      const effect = effectOf(wish);
      const before = own.map((subject) => subjects.get(subject)).find((one) => one !== undefined);
      if (before) {
        const { index: other } = before;
        return before.effect === effect
          ? { code: 'duplicate', other, isWarning: true }
          : { code: 'contradiction', other };
      }
      const other = wish.kind === 'deleteGroup' ? touched.get(group) : deleted.get(group);
      if (other !== undefined && wish.groupId !== undefined) return { code: 'contradiction', other };
      for (const subject of own) subjects.set(subject, { index, effect });
      if (wish.kind === 'deleteGroup') deleted.set(group, index);
      else touched.set(group, index);
      return undefined;
    },
  };
}

/** What two wishes may both be about, by each of its names. */
function subjectsOf(wish: Wish, member: Member | undefined): readonly string[] {
  const { kind, name = '', principal } = wish;
  if (kind === 'createGroup') return [`new ${name.trim().toLowerCase()}`];
  if (!principal || !isOfMember(wish)) return [kind === 'refreshUserPermissions' ? kind : 'group'];
  // Two rows of one member, too, are one member to the service.
  if (member) return [`member ${keyOf(principalOf(member))}`];
  const { identifier, email, principalType, profileId = '' } = principal;
  const names = principalType === 'user' && email !== undefined ? [identifier, email] : [identifier];
  return names.map((one) => `other ${one}:${profileId}`.toLowerCase());
}

function keyOf({ identifier, profileId = '' }: ChangePrincipal): string {
  return `${identifier}:${profileId}`.toLowerCase();
}

function effectOf({ kind, accessRight, name, owner }: Wish): string {
  return JSON.stringify([kind === 'changeAccessRight' ? 'addMember' : kind, accessRight, name, owner]);
}
