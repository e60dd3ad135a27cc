import type { Target } from '../core/target.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './choose/ask.ts';
import { meantTargets } from './choose/targets.ts';
import { nameOf, thingOf } from './choose/things.ts';
import type { Command, CommandDeps } from './command.ts';

/** Shows all groups of tenants, or all members of groups, again. */
export const clearFilter: Command = {
  name: 'clearFilter',
  run: async (deps, args, signal) => {
    const { tree, ui, t } = deps;
    const meant = meantTargets(deps, args).flatMap((target) => filterOf(deps, target) ?? []);
    if (meant.length === 0) {
      const all = tree.filtered();
      const [only] = all;
      if (!only) return ui.inform(t('No filter is active.'));
      meant.push(all.length === 1 ? only : await askFilter(deps, all, signal));
    }
    for (const { tenantId, groupId } of meant) {
      if (groupId === undefined) tree.setFilter(tenantId, undefined);
      else tree.setMemberFilter(tenantId, groupId, undefined);
    }
  },
};

/** What is filtered where a row stands: its group's members, else its tenant's groups. */
function filterOf({ tree }: CommandDeps, { tenantId, groupId }: Target): Target | undefined {
  if (groupId !== undefined && tree.memberFilter(tenantId, groupId)) return { tenantId, groupId };
  return tree.filter(tenantId) === undefined ? undefined : { tenantId };
}

async function askFilter(
  { ui, reader, tree, t }: CommandDeps,
  all: readonly Target[],
  signal: AbortSignal,
): Promise<Target> {
  const choices = all.map((target): Choice<Target> => {
    const { tenantId, groupId } = target;
    const name = groupId === undefined ? tree.filter(tenantId) : tree.memberFilter(tenantId, groupId)?.name;
    return { label: nameOf(thingOf(reader, target)), description: name ?? '', icon: 'filter-filled', value: target };
  });
  const options = { title: t('Clear Filter'), placeholder: t('Which filter?') };
  return answered(await ui.pick(choices, options, signal));
}
