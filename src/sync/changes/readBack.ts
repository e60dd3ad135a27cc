import type { Change } from '../../core/changes/changes.ts';
import { heldMembers } from '../../core/changes/heldMembers.ts';
import type { ChangeDeps } from './deps.ts';
import { type Effect, effectOf, listingShowing } from './effect.ts';

/**
 * Reads a change's group back, and says what it shows of it. A load that was under way before the change is joined, so
 * what is not seen at first is looked for once more. Nothing where the group could not be read.
 */
export async function lookFor(
  deps: ChangeDeps,
  change: Change,
  signal: AbortSignal,
  earlier?: ReadonlySet<string>,
): Promise<Effect | undefined> {
  const [effect] = await lookForAll(deps, [change], signal, earlier);
  return effect;
}

/** The same of several changes that one listing shows. */
export async function lookForAll(
  deps: ChangeDeps,
  changes: readonly Change[],
  signal: AbortSignal,
  earlier?: ReadonlySet<string>,
): Promise<readonly (Effect | undefined)[]> {
  const once = await lookOnce(deps, changes, signal, earlier);
  return once.every((effect) => effect?.isThere) || signal.aborted ? once : lookOnce(deps, changes, signal, earlier);
}

/** The same, where no load can have been under way before the changes. */
export async function lookOnce(
  deps: ChangeDeps,
  changes: readonly Change[],
  signal: AbortSignal,
  earlier?: ReadonlySet<string>,
): Promise<readonly (Effect | undefined)[]> {
  const [first] = changes;
  const listing = first && listingShowing(first);
  if (!first || !listing) return changes.map(() => undefined);
  const isWhole = await deps.load(listing, { refresh: true, signal }).then(
    ({ state }) => state === 'complete',
    () => false,
  );
  // Of a list that is not whole, only what is in it means something, and that may be of before.
  if (!isWhole) return changes.map(() => undefined);
  const members =
    listing.list === 'members' ? await heldMembers(deps.reader, listing.tenantId, listing.groupId) : undefined;
  return changes.map((change) => effectOf(deps.reader, change, members, earlier));
}
