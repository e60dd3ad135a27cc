import { listingTargets } from './choose/targets.ts';
import type { Command } from './command.ts';
import { reload } from './refresh.ts';

/** On rows that say what failed: loads their listings again. */
export const retry: Command = {
  name: 'retry',
  run: async (deps, args, signal) => reload(deps, await listingTargets(deps, args, deps.t('Retry'), signal), signal),
};
