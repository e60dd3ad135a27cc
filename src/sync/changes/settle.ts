import type { LoggedChange } from '../../core/changes/changes.ts';
import { listingId } from '../../core/listing.ts';
import type { ChangeDeps } from './deps.ts';
import { listingShowing } from './effect.ts';
import { lookOnce } from './readBack.ts';

const seenAfterwards = 'The window was closed before it was told; the group shows it.';

/** See `Changes.settle`. */
export async function settle(deps: ChangeDeps, entries: readonly LoggedChange[], signal: AbortSignal): Promise<void> {
  const byListing = new Map<string, LoggedChange[]>();
  for (const entry of entries) {
    const listing = entry.outcome === 'begun' ? listingShowing(entry.change) : undefined;
    if (!listing) continue;
    const id = listingId(listing);
    byListing.set(id, [...(byListing.get(id) ?? []), entry]);
  }
  await Promise.all([...byListing.values()].map((same) => settleAll(deps, same, signal)));
}

async function settleAll(deps: ChangeDeps, entries: readonly LoggedChange[], signal: AbortSignal): Promise<void> {
  const effects = await lookOnce(
    deps,
    entries.map(({ change }) => change),
    signal,
  );
  for (const [at, { key, change }] of entries.entries()) {
    const effect = effects[at];
    // Which of the groups that are called so was there before, nobody knows any more.
    const isMade = effect?.isThere && change.kind === 'createGroup' && change.groupId === undefined;
    if (!effect || isMade) continue;
    if (effect.isThere) {
      const told = { outcome: 'applied', isSeen: true, reason: seenAfterwards, isAfterwards: true } as const;
      await deps.writer.logOutcome([key], told);
    } else if (effect.isAsBefore) {
      await deps.writer.logOutcome([key], { isSeen: false, isAfterwards: true });
    }
  }
}
