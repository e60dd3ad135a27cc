import { target } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Shows a group or a member in the tree of tenants. */
export const showInTenants: Command = {
  name: 'showInTenants',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Show in Tenants') } as const;
    const { tenantId, groupId, memberId } = await target(deps, args, wanted, signal);
    await deps.tree.reveal({
      tenantId,
      ...(groupId === undefined ? {} : { groupId }),
      ...(memberId === undefined ? {} : { memberId }),
    });
  },
};
