import { isAppError } from '../core/errors.ts';
import { type ListingKey, listingId } from '../core/listing.ts';
import type { Target } from '../core/target.ts';
import { listingOf } from './choose/listingOf.ts';
import { meantTargets, targets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Reads again: a tenant's groups, a group's members; of a member, its group's. */
export const refresh: Command = {
  name: 'refresh',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Refresh') } as const;
    const isGiven = meantTargets(deps, args).length > 0;
    // Without a row in mind the tenants' own lists are meant: going down to a member would help nobody.
    const meant = await targets(deps, args, isGiven ? wanted : { ...wanted, levels: ['tenant'] }, signal);
    await reload(deps, meant, signal);
  },
};

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
