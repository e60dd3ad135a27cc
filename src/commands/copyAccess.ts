import { subjectNames } from '../core/access/subjectNames.ts';
import { accessGrants } from '../export/accessGrants.ts';
import { changesTable, comparedTable, grantsTable } from '../export/clipboardTables.ts';
import { comparedRecords } from '../export/comparedRecords.ts';
import type { ExportRow } from '../export/row.ts';
import { withAccess } from '../export/withAccess.ts';
import { shownSubjects } from './choose/shownSubjects.ts';
import type { Command } from './command.ts';

/** Copies the access that is shown, or what changed, as a table, as spreadsheets, mail and chats take it; its first line says what is not known. */
export const copyAccess: Command = {
  name: 'copyAccess',
  run: async (deps, _, signal) => {
    const { t, access } = deps;
    const changes = access.changes();
    if (changes) return deps.ui.copy(changesTable(t, changes));
    const subjects = await shownSubjects(deps, signal);
    const text = await withAccess(deps, subjects, signal, async ({ reader, shown, head: { summary } }) => {
      const differences = await comparedRecords(reader, shown, signal);
      if (differences) {
        const names = subjectNames(shown.results, (id) => reader.tenant(id)?.name);
        return comparedTable(t, summary, names, differences);
      }
      const grants: ExportRow[] = [];
      for await (const rows of accessGrants(reader, shown.results, signal)) grants.push(...rows);
      return grantsTable(t, summary, grants);
    });
    await deps.ui.copy(text);
  },
};
