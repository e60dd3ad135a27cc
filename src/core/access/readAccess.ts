import { cancelled } from '../errors.ts';
import type { TenantRecord } from '../model.ts';
import { joinSame } from '../samePerson.ts';
import type { MemberListingsSummary, StoreReads } from '../store.ts';
import { sortKey } from '../text/text.ts';
import { sortInTurns } from '../turns/sortInTurns.ts';
import { createTurns, type Turns } from '../turns/turns.ts';
import type { FoundWay, KnownPrincipal } from './found.ts';
import { readWithin } from './readWithin.ts';
import type { AccessResult, JoinedBy, ReachedGroup, TenantKnowledge, Way } from './result.ts';
import { principalsOf, type Subject } from './subject.ts';
import { type IsAdminRight, shorterFirst } from './ways.ts';

/**
 * Reads what the store knows of somebody's access. Loads nothing. @throws AppError `cancelled`
 * @param isAdmin where what is administered is to be counted
 */
export async function readAccess(
  reader: StoreReads,
  subject: Subject,
  signal: AbortSignal,
  isAdmin: IsAdminRight = () => false,
): Promise<AccessResult> {
  const turns = createTurns();
  const found = await principalsOf(reader, subject.marks, signal);
  const { principals } = found;
  const reached: Reached = { tenants: new Map(), told: new Set() };
  let { isCut } = found;
  let unknownGroups = 0;
  for await (const slice of reader.ways(principals.map(({ key }) => key))) {
    if (signal.aborted) throw cancelled();
    for (const way of slice.ways) addTo(reached, way);
    isCut ||= slice.isCut === true;
    unknownGroups += slice.unknownGroups ?? 0;
  }
  const tenants: AccessResult['tenants'][number][] = [];
  for (const tenant of reader.tenants()) {
    const groups = [...(reached.tenants.get(tenant.id)?.values() ?? [])];
    let adminGroups = 0;
    for (const { ways } of groups) {
      if (ways.length > 1) ways.sort(shorterFirst);
      if (ways.some(({ right = '' }) => isAdmin(tenant.provider, right))) adminGroups++;
      if (turns.isOver()) await breathe(turns, signal);
    }
    const sorted = await sortInTurns(groups, ({ name }) => sortKey(name), turns);
    await breathe(turns, signal);
    let lists: MemberListingsSummary | undefined;
    for await (lists of reader.memberListingSlices(tenant.id)) if (signal.aborted) throw cancelled();
    const known = knowledgeOf(reader, tenant, lists);
    const own = principals.filter(({ tenantId }) => tenantId === tenant.id);
    tenants.push({ tenant, adminGroups, groups: sorted, principals: own, known });
  }
  const joinedBy = howJoined(principals);
  const within = subject.group && (await readWithin(reader, subject.group, turns, signal));
  return {
    subject,
    principals,
    tenants,
    isCut,
    unknownGroups,
    ...(joinedBy === undefined ? {} : { joinedBy }),
    ...(within === undefined ? {} : { within }),
  };
}

/** How much of a tenant is known. @param lists the tenant's, if they are read already */
export function knowledgeOf(
  reader: StoreReads,
  { id }: TenantRecord,
  lists = reader.memberListings(id),
): TenantKnowledge {
  const groups = reader.completeness({ list: 'groups', tenantId: id });
  const total = reader.countGroups(id);
  const unread = Math.max(0, total - lists.complete);
  const [asOf] = [groups.asOf, lists.asOf].filter((at) => at !== undefined).sort();
  const isComplete = groups.state === 'complete' && unread === 0;
  return { groups, total, lists, unread, isComplete, ...(asOf === undefined ? {} : { asOf }) };
}

interface Reached {
  /** By the tenant's id and the group's. */
  readonly tenants: Map<string, Map<string, ReachedGroup & { readonly ways: Way[] }>>;
  /** Ways there are already: one who is kept in two guises has some twice. */
  readonly told: Set<string>;
}

function addTo({ tenants, told }: Reached, found: FoundWay): void {
  const { tenantId, groupId, groupName: name, accessRight: right, path, passed, principal } = found;
  const text = JSON.stringify([tenantId, groupId, right ?? null, passed]);
  if (told.has(text)) return;
  told.add(text);
  const groups = tenants.get(tenantId) ?? new Map<string, ReachedGroup & { readonly ways: Way[] }>();
  tenants.set(tenantId, groups);
  const group = groups.get(groupId) ?? { tenantId, groupId, name, ways: [] };
  groups.set(groupId, group);
  group.ways.push(right === undefined ? { principal, path, passed } : { principal, right, path, passed });
}

/** By what it takes to make one of all guises; those with one id in one tenant are one anyway. */
function howJoined(principals: readonly KnownPrincipal[]): JoinedBy | undefined {
  const own = new Map(principals.map((one) => [JSON.stringify([one.tenantId, one.id]), one]));
  const all = [...own.values()];
  if (all.length < 2) return undefined;
  const setsBy = (mark: 'objectId' | 'email') =>
    joinSame(
      all.map(({ principalType, objectId, email }) => ({
        principalType,
        ...(mark === 'objectId' && objectId !== undefined ? { objectId } : {}),
        ...(mark === 'email' && email !== undefined ? { email } : {}),
      })),
    ).length;
  if (setsBy('objectId') === 1) return 'objectId';
  return setsBy('email') === 1 ? 'email' : 'both';
}

async function breathe(turns: Turns, signal: AbortSignal): Promise<void> {
  await turns.next();
  if (signal.aborted) throw cancelled();
}
