import { cancelled } from '../core/errors.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { Target } from '../core/target.ts';
import { ending } from './accessFile/ending.ts';
import { meantTargets, targets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Writes an access file of what is known of a tenant, of groups or of some of their members. */
export const newAccessFile: Command = {
  name: 'newAccessFile',
  run: async (deps, args, signal) => {
    const { ui, t, reader } = deps;
    const { writeFile } = await import('./accessFile/writeFile.ts');
    const { tenantId, rows } = await whose(deps, args, signal);
    const written = await ui.withProgress(t('Writing the file…'), signal, (_, own) =>
      writeFile(deps, tenantId, rows, own),
    );
    await ui.openNewFile(`${reader.tenant(tenantId)?.name ?? t('access')}${ending}`, written.text);
    if (written.remarks.length > 0) ui.inform(written.remarks.join(' '));
  },
};

/** Rows of one tenant: the arguments, else the selection, else what the user picks. */
async function whose(
  deps: CommandDeps,
  args: readonly unknown[],
  signal: AbortSignal,
): Promise<{ readonly tenantId: string; readonly rows: readonly Target[] }> {
  const { ui, t } = deps;
  const meant = meantTargets(deps, args).filter(({ groupId }) => groupId !== noGroupId);
  const wanted = { levels: ['tenant', 'group'], title: t('New Access File') } as const;
  const rows = meant.length > 0 ? meant : await targets(deps, [], wanted, signal);
  const tenantIds = new Set(rows.map(({ tenantId }) => tenantId));
  const [tenantId] = tenantIds;
  if (tenantIds.size === 1 && tenantId !== undefined) return { tenantId, rows };
  ui.inform(t('An access file is about one tenant. Select rows of one.'));
  throw cancelled();
}
