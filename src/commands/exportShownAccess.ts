import { readShown } from '../core/access/readShown.ts';
import { accessGrants } from '../export/accessGrants.ts';
import { accessHead, withSnapshot } from '../export/accessHead.ts';
import { writeRows } from '../export/writeExport.ts';
import { shownSubjects } from './choose/shownAccess.ts';
import type { Command } from './command.ts';
import { exportChanges } from './export/exportChanges.ts';
import { exportToFile } from './export/exportToFile.ts';

/** Writes the access that is shown to a file, one row a way; or what changed, where that is shown. Loads nothing. */
export const exportShownAccess: Command = {
  name: 'exportShownAccess',
  run: async (deps, _, signal) => {
    const { t, reader, access } = deps;
    const changes = access.changes();
    if (changes) return exportChanges(deps, changes, signal);
    const subjects = await shownSubjects(deps, signal);
    await exportToFile(
      deps,
      { title: t('Export Access'), name: t('access') },
      signal,
      async ({ format, path }, report, ownSignal) => {
        // Read together: what the head says of gaps holds for these rows.
        const { results } = await readShown(reader, subjects, ownSignal);
        const head = await withSnapshot(deps, (snapshot) => accessHead(deps, snapshot, results, ownSignal));
        const rows = accessGrants(reader, results, ownSignal);
        const onProgress = (done: number) => report(done === 1 ? t('1 grant') : t('{0} grants', done));
        return writeRows({ format: (await format.load())(), path, head, rows, onProgress }, ownSignal);
      },
    );
  },
};
