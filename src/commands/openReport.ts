import { cancelled } from '../core/errors.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './choose/ask.ts';
import { givenTargets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { reportSource } from './report/reportSource.ts';

/** Opens a page with who has access to what, of one or all tenants. Loads nothing. */
export const openReport: Command = {
  name: 'openReport',
  run: async (deps, args, signal) => {
    const tenantIds = await whose(deps, args, signal);
    await deps.showReport(reportSource(deps, tenantIds, signal));
  },
};

async function whose(deps: CommandDeps, args: readonly unknown[], signal: AbortSignal): Promise<readonly string[]> {
  const { reader, ui, t, tree } = deps;
  const given = givenTargets(args);
  const meant = given.length > 0 ? given : tree.selection();
  if (meant.length > 0) return [...new Set(meant.map(({ tenantId }) => tenantId))];
  const each = reader.tenants().map(({ id, name }): Choice<readonly string[]> => ({ label: name, value: [id] }));
  const [first] = each;
  if (!first) {
    ui.inform(t('There is no tenant yet. Add one first.'));
    throw cancelled();
  }
  if (each.length === 1) return first.value;
  const all = { label: t('All tenants'), value: each.flatMap(({ value }) => value) };
  const question = { title: t('Open Report'), placeholder: t('Which tenant?') };
  return answered(await ui.pick([all, ...each], question, signal));
}
