import { listingOf } from './choose/listingOf.ts';
import { listingTarget } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Stops a load; what it brought stays. */
export const cancelLoad: Command = {
  name: 'cancelLoad',
  run: async (deps, args, signal) => {
    const target = await listingTarget(deps, args, deps.t('Cancel'), signal);
    // The row of a tenant means all that is read of it; a row "Loading…" below it, its groups alone.
    const isTenant = target.groupId === undefined && !target.isNote;
    if (isTenant) deps.wholeTenants.cancel(target.tenantId);
    else deps.sync.cancel(target.tenantId, listingOf(target));
  },
};
