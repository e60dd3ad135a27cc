import { noGroupId } from '../core/noGroup.ts';
import { targets } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Puts groups first in their tenant. */
export const pinGroup: Command = {
  name: 'pinGroup',
  run: async (deps, args, signal) => {
    const { ui, t } = deps;
    const meant = await targets(deps, args, { levels: ['group'], title: t('Pin Group') }, signal);
    const groups = meant.filter(({ groupId }) => groupId !== noGroupId);
    if (groups.length === 0) return ui.inform(t('“In no group” is no group, so it cannot be pinned.'));
    for (const { tenantId, groupId = '' } of groups) await deps.setPinned(tenantId, groupId, true);
  },
};
