import { cancelled } from '../core/errors.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { Target } from '../core/target.ts';
import { summaryOf } from '../export/summary.ts';
import { askTenants } from './choose/ask.ts';
import { meantTargets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { exportToFile } from './export/exportToFile.ts';

/** Writes who has access to what, of the rows that are meant or of whole tenants, to a file. Loads nothing. */
export const exportAccess: Command = {
  name: 'exportAccess',
  run: async (deps, args, signal) => {
    const { t } = deps;
    const title = t('Export Access');
    const meant = await whose(deps, args, title, signal);
    await exportToFile(deps, { title, name: t('access') }, signal, ({ format, path }, report, ownSignal) =>
      deps.exportGrants(
        {
          targets: meant,
          extension: format.extension,
          path,
          summarize: (head) => summaryOf(deps, head),
          onProgress: (done, expected) =>
            report(expected === 1 ? t('{0} of about 1 grant', done) : t('{0} of about {1} grants', done, expected)),
        },
        ownSignal,
      ),
    );
  },
};

/** Rows by the arguments or the selection, else what the user picks. */
async function whose(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const meant = meantTargets(deps, args);
  const granted = meant.filter(({ groupId }) => groupId !== noGroupId);
  if (granted.length > 0) return granted;
  if (meant.length > 0) {
    deps.ui.inform(deps.t('Who is in no group has no access that could be exported.'));
    throw cancelled();
  }
  return (await askTenants(deps, title, signal)).map((tenantId) => ({ tenantId }));
}
