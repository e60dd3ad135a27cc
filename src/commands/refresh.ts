import type { Command } from './command.ts';
import { reload } from './reload.ts';
import { givenTargets, targets } from './targets.ts';

/** Reads again: a tenant's groups, a group's members; of a member, its group's. */
export const refresh: Command = {
  name: 'refresh',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Refresh') } as const;
    const isGiven = givenTargets(args).length > 0 || deps.tree.selection().length > 0;
    // Without a row in mind the tenants' own lists are meant: going down to a member would help nobody.
    const meant = await targets(deps, args, isGiven ? wanted : { ...wanted, levels: ['tenant'] }, signal);
    await reload(deps, meant, signal);
  },
};
