import { cancelled } from '../core/errors.ts';
import { targets } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Removes tenants from the view, with their rows and secrets, after a question that names them. */
export const removeTenant: Command = {
  name: 'removeTenant',
  run: async (deps, args, signal) => {
    const { t, ui, reader, tenants } = deps;
    const meant = await targets(deps, args, { levels: ['tenant'], title: t('Remove Tenant') }, signal);
    const records = meant.flatMap(({ tenantId }) => reader.tenant(tenantId) ?? []);
    const [first] = records;
    if (!first) return;
    const names = records.map((tenant) => tenant.name).join('\n');
    const effect = t(
      'Its loaded rows, its snapshots, its ignored findings with their reasons and its saved token are deleted from this computer. Nothing changes in the tenant itself.',
    );
    const answer = await ui.confirm(
      records.length === 1 ? t('Remove the tenant “{0}”?', first.name) : t('Remove {0} tenants?', records.length),
      records.length === 1 ? effect : `${names}\n\n${effect}`,
      [{ label: t('Remove'), value: true }],
    );
    if (!answer) throw cancelled();
    for (const { id } of records) await tenants.remove(id);
  },
};
