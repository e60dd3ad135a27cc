import { AppError, cancelled } from '../core/errors.ts';
import type { Completeness, ListingState } from '../core/model.ts';
import type { Snapshot, SnapshotGroup } from '../core/snapshot.ts';
import type { Turns } from '../core/turns/turns.ts';
import { partsOf, type Scope, type ScopePart } from './scope.ts';

/** What a reader must know before the first row: of what, of when, and what is missing. */
export interface ExportHead {
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** Of the oldest rows. */
  readonly oldestAsOf: string | null;
  /** Whether nothing in the scope is missing. */
  readonly isComplete: boolean;
  readonly scope: readonly ScopeHead[];
  /** Whose access it is; absent where it is that of all. */
  readonly accessOf?: readonly string[];
  /** What else is not known. */
  readonly remarks?: readonly string[];
  /** All of this in words, and what no export covers. */
  readonly summary: string;
}

/** A tenant, or those of its groups that are exported. */
export interface ScopeHead {
  readonly tenant: string;
  readonly provider: string;
  /** Names of the groups that were chosen, the first of them; absent where all are meant. */
  readonly chosenGroups?: readonly string[];
  /** How many members were chosen, where single ones were. */
  readonly chosenMembers?: number;
  /** How complete the list of groups is; absent where groups were chosen. */
  readonly groups?: Completeness;
  /** How many groups' members are how complete. */
  readonly memberLists: Readonly<Partial<Record<ListingState, number>>>;
  /** Groups whose members are not complete, the first of them. */
  readonly incomplete: readonly IncompleteGroup[];
}

interface IncompleteGroup {
  readonly groupName: string;
  readonly groupId: string;
  readonly state: ListingState;
  readonly reason: string | null;
}

/** So many groups are named in a head; of the others only the number is told. */
const mostNamed = 20;

export interface Survey {
  readonly head: ScopeHead;
  readonly oldestAsOf: string | undefined;
  /** Grants that will come, if each group has as many as its listing says. */
  readonly expected: number;
}

/** Looks through a scope's groups for what is missing. @throws AppError `notFound` for a group that is gone */
async function survey(snapshot: Snapshot, scope: Scope, turns: Turns, signal: AbortSignal): Promise<Survey> {
  const { tenant, groups: chosen } = scope;
  const memberLists: Partial<Record<ListingState, number>> = {};
  const incomplete: IncompleteGroup[] = [];
  const names: string[] = [];
  let [expected, chosenMembers] = [0, 0];
  let oldestAsOf: string | undefined;
  for await (const { group, members } of groupsOf(snapshot, scope, turns, signal)) {
    const { state, count = 0, asOf, reason = null } = group.members;
    memberLists[state] = (memberLists[state] ?? 0) + 1;
    if (state !== 'complete' && incomplete.length < mostNamed)
      incomplete.push({ groupName: group.name, groupId: group.serviceId, state, reason });
    if (names.length < mostNamed) names.push(group.name);
    if (asOf !== undefined && (oldestAsOf === undefined || asOf < oldestAsOf)) oldestAsOf = asOf;
    expected += members === 'all' ? count : members.size;
    if (members !== 'all') chosenMembers += members.size;
  }
  return {
    head: {
      tenant: tenant.name,
      provider: tenant.provider,
      ...(chosen === 'all' ? {} : { chosenGroups: names }),
      ...(chosenMembers === 0 ? {} : { chosenMembers }),
      ...(chosen === 'all' ? { groups: snapshot.completeness({ list: 'groups', tenantId: tenant.id }) } : {}),
      memberLists,
      incomplete,
    },
    oldestAsOf,
    expected,
  };
}

export interface Surveyed extends Pick<ExportHead, 'oldestAsOf' | 'isComplete' | 'scope'> {
  readonly surveys: readonly Survey[];
}

/** Surveys scopes one by one, and tells what holds for all of them. @throws AppError as `survey` */
export async function surveyAll(
  snapshot: Snapshot,
  scopes: readonly Scope[],
  turns: Turns,
  signal: AbortSignal,
): Promise<Surveyed> {
  const surveys: Survey[] = [];
  for (const scope of scopes) surveys.push(await survey(snapshot, scope, turns, signal));
  const [oldestAsOf = null] = surveys.flatMap((one) => one.oldestAsOf ?? []).sort();
  const scope = surveys.map(({ head }) => head);
  return { surveys, oldestAsOf, isComplete: scope.every(isWhole), scope };
}

/** @throws AppError `notFound` for a group that is gone; `cancelled` */
async function* groupsOf(
  snapshot: Snapshot,
  scope: Scope,
  turns: Turns,
  signal: AbortSignal,
): AsyncGenerator<{ readonly group: SnapshotGroup; readonly members: ScopePart['members'] }> {
  for (const { groupId, members } of partsOf(scope)) {
    let isThere = groupId === undefined;
    for (const group of snapshot.groups(scope.tenant.id, groupId)) {
      isThere = true;
      if (signal.aborted) throw cancelled();
      yield { group, members };
      if (turns.isOver()) await turns.next();
    }
    if (!isThere) throw new AppError('notFound', 'There is no such group in this tenant.');
  }
}

/** Whether nothing is missing. */
export function isWhole({ groups, incomplete }: ScopeHead): boolean {
  return incomplete.length === 0 && (groups === undefined || groups.state === 'complete');
}
