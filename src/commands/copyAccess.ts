import { subjectNames } from '../core/access/subjectNames.ts';
import { accessGrants } from '../export/accessGrants.ts';
import { accessHead, withSnapshot } from '../export/accessHead.ts';
import { changesTable, comparedTable, grantsTable } from '../export/clipboardTables.ts';
import { comparedRecords } from '../export/comparedRecords.ts';
import type { ExportRow } from '../export/row.ts';
import { shownAccess } from './choose/shownAccess.ts';
import type { Command } from './command.ts';

/** Copies the access that is shown, or what changed, as a table, as spreadsheets, mail and chats take it; its first line says what is not known. */
export const copyAccess: Command = {
  name: 'copyAccess',
  run: async (deps, _, signal) => {
    const { t, reader, access } = deps;
    const changes = access.changes();
    if (changes) return deps.ui.copy(changesTable(t, changes));
    const shown = await shownAccess(deps, signal);
    const { summary } = await withSnapshot(deps, (snapshot) => accessHead(deps, snapshot, shown.results, signal));
    const differences = await comparedRecords(reader, shown, signal);
    if (differences) {
      const names = subjectNames(shown.results, (id) => reader.tenant(id)?.name);
      await deps.ui.copy(comparedTable(t, summary, names, differences));
      return;
    }
    const grants: ExportRow[] = [];
    for await (const rows of accessGrants(reader, shown.results, signal)) grants.push(...rows);
    await deps.ui.copy(grantsTable(t, summary, grants));
  },
};
