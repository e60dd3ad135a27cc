import { noGroupId } from '../core/noGroup.ts';
import { targets } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Puts groups first in their tenant. */
export const pinGroup: Command = {
  name: 'pinGroup',
  run: async (deps, args, signal) => {
    const all = await targets(deps, args, { levels: ['group'], title: deps.t('Pin Group') }, signal);
    for (const { tenantId, groupId } of all)
      if (groupId !== undefined && groupId !== noGroupId) await deps.setPinned(tenantId, groupId, true);
  },
};
