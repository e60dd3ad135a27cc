import { type FormatEntry, formats } from '../../export/formats/formats.ts';
import type { Exported } from '../../export/writeExport.ts';
import type { CommandDeps } from '../command.ts';
import { saveAs } from './saveAs.ts';

export interface ExportFile {
  readonly format: FormatEntry;
  readonly path: string;
}

/**
 * Asks for the format and the file, has grants written to it with cancellable progress, and says what came of it.
 * @param name how the file's name begins that is offered
 */
export function exportToFile(
  deps: CommandDeps,
  { title, name }: { readonly title: string; readonly name: string },
  signal: AbortSignal,
  write: (file: ExportFile, report: (message: string) => void, signal: AbortSignal) => Promise<Exported>,
): Promise<void> {
  const { t } = deps;
  return saveAs(deps, { title, name, formats }, signal, async (format, path, report, ownSignal) => {
    const { rows, isComplete } = await write({ format, path }, report, ownSignal);
    const done = rows === 1 ? t('1 grant was exported.') : t('{0} grants were exported.', rows);
    return isComplete ? done : `${done} ${t('Not all is known: the head of the file says what is missing.')}`;
  });
}
