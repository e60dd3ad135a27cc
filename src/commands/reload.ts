import { isAppError } from '../core/errors.ts';
import { type ListingKey, listingId } from '../core/listing.ts';
import type { Target } from '../core/target.ts';
import type { CommandDeps } from './command.ts';
import { listingOf } from './listingOf.ts';

/**
 * Loads the listings of these rows again, each once. What the service refuses is told by the rows themselves.
 * @throws AppError what kept a load from running at all
 */
export async function reload(deps: CommandDeps, targets: readonly Target[], signal: AbortSignal): Promise<void> {
  const listings = new Map<string, ListingKey>();
  for (const target of targets) listings.set(listingId(listingOf(target)), listingOf(target));
  const loads = [...listings.values()].map((listing) => deps.sync.load(listing, { refresh: true, signal }));
  for (const outcome of await Promise.allSettled(loads)) {
    if (outcome.status === 'rejected' && !isAppError(outcome.reason, 'cancelled')) throw outcome.reason;
  }
}
