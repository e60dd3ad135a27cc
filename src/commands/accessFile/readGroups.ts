import { heldMembers, oldestToPlanWith } from '../../core/changes/heldMembers.ts';
import type { Changes } from '../../core/changes/pipeline.ts';
import { allInTurns } from '../../core/turns/allInTurns.ts';
import type { CommandDeps } from '../command.ts';
import type { GroupState } from './compareGroup.ts';
import type { ResolvedGroup } from './resolve.ts';

/** Reads groups as they are, by their ids. Those of which nothing can be read are told as not whole, never as empty. */
export async function readGroups(
  deps: CommandDeps,
  changes: Changes,
  tenantId: string,
  groups: readonly ResolvedGroup[],
  { isNow }: { isNow(groupId: string): boolean },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, GroupState>> {
  const oldest = oldestToPlanWith(groups.length);
  const states = await allInTurns(groups, async ({ groupId }) => {
    const isFreshEnough = (asOf: string) => !isNow(groupId) && Date.parse(asOf) >= oldest;
    const state = await readGroup(deps, changes, { tenantId, groupId }, isFreshEnough, signal);
    return state ? [[groupId, state] as const] : [];
  });
  signal.throwIfAborted();
  return new Map(states.flat());
}

async function readGroup(
  { reader, sync, ui }: CommandDeps,
  changes: Changes,
  { tenantId, groupId }: { readonly tenantId: string; readonly groupId: string },
  isFreshEnough: (asOf: string) => boolean,
  signal: AbortSignal,
): Promise<GroupState | undefined> {
  const listing = { list: 'members', tenantId, groupId } as const;
  const held = reader.completeness(listing);
  const isGood = held.state === 'complete' && isFreshEnough(held.asOf ?? '');
  // What could not be read is told by the state of the listing.
  if (!isGood) await sync.load(listing, { refresh: held.state !== 'notLoaded', signal }).catch(() => undefined);
  signal.throwIfAborted();
  const group = reader.group(tenantId, groupId);
  if (!group) return undefined;
  const { state, kind, asOf } = reader.completeness(listing);
  // A read that was stopped leaves what was held, which is too old.
  const isWhole = state === 'complete' && (isGood || asOf !== held.asOf);
  const { rights } = await changes.offers(tenantId, groupId);
  return {
    group,
    members: await heldMembers(reader, tenantId, groupId),
    isWhole,
    rights,
    ...(isWhole ? {} : { gap: ui.explain(kind ?? 'cancelled') }),
  };
}
