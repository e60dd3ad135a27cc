import { listingTarget } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Shows one page more of what is loaded. */
export const loadMore: Command = {
  name: 'loadMore',
  run: async (deps, args, signal) => {
    if (deps.access.showMore(args[0])) return;
    deps.tree.showMore(await listingTarget(deps, args, deps.t('Load More'), signal));
  },
};
