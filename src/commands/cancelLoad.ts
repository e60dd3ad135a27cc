import { listingOf } from './choose/listingOf.ts';
import { listingTargets } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Stops loads; what they brought stays. */
export const cancelLoad: Command = {
  name: 'cancelLoad',
  run: async (deps, args, signal) => {
    for (const target of await listingTargets(deps, args, deps.t('Cancel'), signal)) {
      // The row of a tenant means all that is read of it; a row "Loading…" below it, its groups alone.
      const isTenant = target.groupId === undefined && !target.isNote;
      if (isTenant) deps.wholeTenants.cancel(target.tenantId);
      else deps.sync.cancel(target.tenantId, listingOf(target));
    }
  },
};
