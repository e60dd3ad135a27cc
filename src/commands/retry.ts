import { listingTarget } from './choose/targets.ts';
import type { Command } from './command.ts';
import { reload } from './refresh.ts';

/** On a row that says what failed: loads its listing again. */
export const retry: Command = {
  name: 'retry',
  run: async (deps, args, signal) => reload(deps, [await listingTarget(deps, args, deps.t('Retry'), signal)], signal),
};
