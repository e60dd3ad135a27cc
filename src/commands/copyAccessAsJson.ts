import { accessGrants } from '../export/accessGrants.ts';
import { accessHead, withSnapshot } from '../export/accessHead.ts';
import { comparedRecords } from '../export/comparedRecords.ts';
import { comparisonJson } from '../export/comparison.ts';
import type { ExportRow } from '../export/row.ts';
import { shownAccess } from './choose/shownAccess.ts';
import type { Command } from './command.ts';

/** Copies the access that is shown as JSON: what is known and what is not, then the grants, or how two differ. */
export const copyAccessAsJson: Command = {
  name: 'copyAccessAsJson',
  run: async (deps, _, signal) => {
    const changes = deps.access.changes();
    if (changes) return deps.ui.copy(comparisonJson(changes));
    const shown = await shownAccess(deps, signal);
    const head = await withSnapshot(deps, (snapshot) => accessHead(deps, snapshot, shown.results, signal));
    const differences = await comparedRecords(deps.reader, shown, signal);
    const grants: ExportRow[] = [];
    if (!differences) for await (const rows of accessGrants(deps.reader, shown.results, signal)) grants.push(...rows);
    await deps.ui.copy(JSON.stringify(differences ? { head, differences } : { head, grants }, undefined, 2));
  },
};
