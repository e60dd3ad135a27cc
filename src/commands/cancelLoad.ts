import type { Command } from './command.ts';
import { listingOf } from './listingOf.ts';
import { listingTarget } from './targets.ts';

/** Stops a load; what it brought stays. */
export const cancelLoad: Command = {
  name: 'cancelLoad',
  run: async (deps, args, signal) => {
    const target = await listingTarget(deps, args, deps.t('Cancel'), signal);
    deps.sync.cancel(target.tenantId, listingOf(target));
  },
};
