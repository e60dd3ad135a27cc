import { answered, askTenant, ensureLoaded } from './choose/ask.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Shows only a tenant's groups that contain a text; an empty text shows all. */
export const filterGroups: Command = {
  name: 'filterGroups',
  run: async (deps, args, signal) => {
    const title = deps.t('Filter Groups');
    const { tenantId } = oneMeant(deps, args) ?? (await askTenant(deps, title, signal));
    const input = {
      title,
      prompt: deps.t('A part of the name or the id of the groups (leave it empty to show all)'),
      value: deps.tree.filter(tenantId) ?? '',
    };
    const text = answered(await deps.ui.input(input, signal)).trim();
    if (text !== '') await ensureLoaded(deps, { list: 'groups', tenantId }, signal);
    deps.tree.setFilter(tenantId, text === '' ? undefined : text);
    await deps.tree.reveal({ tenantId }, { expand: true });
  },
};
