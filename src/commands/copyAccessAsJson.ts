import { accessGrants } from '../export/accessGrants.ts';
import { comparedRecords } from '../export/comparedRecords.ts';
import { comparisonJson } from '../export/comparison.ts';
import type { ExportRow } from '../export/row.ts';
import { withAccess } from '../export/withAccess.ts';
import { shownSubjects } from './choose/shownSubjects.ts';
import type { Command } from './command.ts';

/** Copies the access that is shown as JSON: what is known and what is not, then the grants, or how two differ. */
export const copyAccessAsJson: Command = {
  name: 'copyAccessAsJson',
  run: async (deps, _, signal) => {
    const changes = deps.access.changes();
    if (changes) return deps.ui.copy(comparisonJson(changes));
    const subjects = await shownSubjects(deps, signal);
    const content = await withAccess(deps, subjects, signal, async ({ reader, shown, head }) => {
      const differences = await comparedRecords(reader, shown, signal);
      if (differences) return { head, differences };
      const grants: ExportRow[] = [];
      for await (const rows of accessGrants(reader, shown.results, signal)) grants.push(...rows);
      return { head, grants };
    });
    await deps.ui.copy(JSON.stringify(content, undefined, 2));
  },
};
