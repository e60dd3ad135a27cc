import { listingTarget } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Shows all rows of what is loaded. */
export const showAll: Command = {
  name: 'showAll',
  run: async (deps, args, signal) => deps.tree.showAll(await listingTarget(deps, args, deps.t('Load All'), signal)),
};
