import type { SnapshotComparison } from '../../core/savedSnapshots.ts';
import { changeFormats } from '../../export/changeFormats.ts';
import { replaceFile } from '../../export/replaceFile.ts';
import type { CommandDeps } from '../command.ts';
import { saveAs } from './saveAs.ts';

/** Writes what changed between two snapshots to a file, in the format that the user chooses. @throws AppError `cancelled` */
export function exportChanges(deps: CommandDeps, comparison: SnapshotComparison, signal: AbortSignal): Promise<void> {
  const { t } = deps;
  const asked = { title: t('Export Changes'), name: t('changes'), formats: changeFormats };
  return saveAs(deps, asked, signal, async (format, path, _, ownSignal) => {
    await replaceFile(path, format.parts(comparison, t), ownSignal);
    const count = comparison.changes.length;
    return count === 1 ? t('1 change was exported.') : t('{0} changes were exported.', count);
  });
}
