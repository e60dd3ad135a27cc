import { askTenant } from './ask.ts';
import type { Command } from './command.ts';
import { givenTargets } from './targets.ts';

/** Shows all groups of tenants again. */
export const clearFilter: Command = {
  name: 'clearFilter',
  run: async (deps, args, signal) => {
    const { tree, reader, ui, t } = deps;
    const isFiltered = ({ tenantId }: { tenantId: string }) => tree.filter(tenantId) !== undefined;
    const given = givenTargets(args);
    const meant = (given.length > 0 ? given : tree.selection()).filter(isFiltered);
    if (meant.length === 0 && !reader.tenants().some(({ id }) => isFiltered({ tenantId: id }))) {
      ui.inform(t('No filter is active.'));
      return;
    }
    if (meant.length === 0)
      meant.push(await askTenant(deps, t('Clear Filter'), signal, ({ id }) => isFiltered({ tenantId: id })));
    for (const { tenantId } of meant) tree.setFilter(tenantId, undefined);
  },
};
