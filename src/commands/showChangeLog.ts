import { showLogOf } from './change/logDocument.ts';
import { givenTargets } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Shows what was changed from here: of a tenant's row, what was changed in it. */
export const showChangeLog: Command = {
  name: 'showChangeLog',
  run: async (deps, args) => {
    const [given] = givenTargets(args);
    await showLogOf(deps, given ? { tenantId: given.tenantId } : {});
  },
};
