import { accessGrants } from '../export/accessGrants.ts';
import { withAccess } from '../export/withAccess.ts';
import { writeRows } from '../export/writeExport.ts';
import { shownSubjects } from './choose/shownSubjects.ts';
import type { Command } from './command.ts';
import { exportChanges } from './export/exportChanges.ts';
import { exportToFile } from './export/exportToFile.ts';

/** Writes the access that is shown to a file, one row a way; or what changed, where that is shown. Loads nothing. */
export const exportShownAccess: Command = {
  name: 'exportShownAccess',
  run: async (deps, _, signal) => {
    const { t, access } = deps;
    const changes = access.changes();
    if (changes) return exportChanges(deps, changes, signal);
    const subjects = await shownSubjects(deps, signal);
    await exportToFile(
      deps,
      { title: t('Export Access'), name: t('access') },
      signal,
      async ({ format, path }, report, ownSignal) => {
        const createFormat = await format.load();
        const onProgress = (done: number) => report(done === 1 ? t('1 grant') : t('{0} grants', done));
        return withAccess(deps, subjects, ownSignal, ({ reader, shown, head }) => {
          const rows = accessGrants(reader, shown.results, ownSignal);
          return writeRows({ format: createFormat(), path, head, rows, onProgress }, ownSignal);
        });
      },
    );
  },
};
