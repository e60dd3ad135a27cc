import type { ChangeResult, ChangeState, LoggedChange, Wish } from './changes.ts';

/** What takes changes back, and those that nothing takes back. */
export interface Undoing {
  readonly wishes: readonly Wish[];
  readonly impossible: readonly LoggedChange[];
}

/**
 * The wishes that take changes back: the last change first, and of several about the same membership to how it was
 * before the first. What was changed since is told by the plan that is made of them (`changedSince`).
 * @param accountOf who is to administer a group of a tenant that was deleted and comes back
 */
export function undoWishes(
  entries: readonly LoggedChange[],
  accountOf: ((tenantId: string) => string | undefined) | undefined,
): Undoing {
  const done = entries.filter((entry) => canBeUndone(entry) && !entry.isUndone);
  const bySubject = new Map<string, LoggedChange[]>();
  for (const entry of done.toSorted((one, other) => one.key - other.key)) {
    const subject = subjectOf(entry);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), entry]);
  }
  const newest = [...bySubject.values()].sort((one, other) => (other.at(-1)?.key ?? 0) - (one.at(-1)?.key ?? 0));
  const wishes: Wish[] = [];
  const impossible: LoggedChange[] = [];
  for (const same of newest) {
    const wish = wishOf(same, accountOf);
    if (wish) wishes.push(wish);
    else impossible.push(...same);
  }
  // With a group that goes again, go its members.
  const deleted = new Set(wishes.flatMap((wish) => (wish.kind === 'deleteGroup' ? [placeOf(wish)] : [])));
  const gone = wishes.filter((wish) => wish.principal && deleted.has(placeOf(wish)));
  const left = wishes.filter((wish) => !gone.includes(wish));
  return { wishes: left.map((wish) => withUndone(wish, gone)), impossible };
}

/**
 * Whether there is something to take back: it was done, or it was a change in two steps of which the first may have been
 * done alone; the plan of the undoing looks.
 */
export function canBeUndone({ outcome, change }: Pick<ChangeResult, 'outcome' | 'change'>): boolean {
  return outcome === 'applied' || (outcome === 'unknown' && change.isRemovedAndAdded === true);
}

/** What is left of a plan that ended early, to be planned again: things may have changed meanwhile. */
export function remainingWishes(results: readonly ChangeResult[]): readonly Wish[] {
  const isLeft = ({ outcome }: ChangeResult) => outcome !== 'applied' && outcome !== 'unchanged';
  return results.filter(isLeft).map(({ change }) => {
    const { kind, tenantId, groupId, principal, after, undoes } = change;
    return {
      kind,
      tenantId,
      ...(groupId === undefined ? {} : { groupId }),
      ...(principal ? { principal } : {}),
      ...after,
      ...(undoes === undefined ? {} : { undoes }),
    };
  });
}

/** The deletion of a group takes back what was done in it, too. */
function withUndone(wish: Wish, gone: readonly Wish[]): Wish {
  if (wish.kind !== 'deleteGroup') return wish;
  const also = gone.filter((one) => placeOf(one) === placeOf(wish)).flatMap(({ undoes = [] }) => undoes);
  return also.length === 0 ? wish : { ...wish, undoes: [...(wish.undoes ?? []), ...also] };
}

function subjectOf({ key, change }: LoggedChange): string {
  const { tenantId, groupId, principal } = change;
  if (!principal) return groupId === undefined ? `entry ${key}` : JSON.stringify([tenantId, groupId]);
  const { identifier, profileId } = principal;
  return JSON.stringify([tenantId, groupId, identifier.toLowerCase(), profileId]);
}

function placeOf({ tenantId, groupId }: Pick<Wish, 'tenantId' | 'groupId'>): string {
  return JSON.stringify([tenantId, groupId]);
}

/** @param same changes of one membership or group, the oldest first */
function wishOf(same: readonly LoggedChange[], accountOf: Parameters<typeof undoWishes>[1]): Wish | undefined {
  const last = same.at(-1)?.change;
  if (!last) return undefined;
  const { tenantId, groupId, principal, after } = last;
  const before = same[0]?.change.before;
  const about = { tenantId, undoes: same.map(({ key }) => key), ...(groupId === undefined ? {} : { groupId }) };
  if (principal) {
    const isCertain = same.at(-1)?.outcome === 'applied';
    const expected = isCertain ? { expected: after ? rightOf(after) : null } : {};
    return before
      ? { kind: 'addMember', ...about, principal, ...expected, ...rightOf(before) }
      : { kind: 'removeMember', ...about, principal, ...expected };
  }
  if (groupId === undefined) return undefined;
  const owner = accountOf?.(tenantId);
  switch (last.kind) {
    case 'createGroup':
    case 'restoreGroup':
      return { kind: 'deleteGroup', ...about };
    case 'renameGroup':
      return before?.name === undefined ? undefined : { kind: 'renameGroup', ...about, name: before.name };
    case 'deleteGroup':
      return owner === undefined ? undefined : { kind: 'restoreGroup', ...about, owner };
    default:
      return undefined;
  }
}

function rightOf({ accessRight }: ChangeState): { readonly accessRight?: string } {
  return accessRight === undefined ? {} : { accessRight };
}
