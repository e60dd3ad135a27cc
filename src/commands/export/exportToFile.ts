import { extname } from 'node:path';
import { cancelled } from '../../core/errors.ts';
import { answered } from '../ask.ts';
import type { CommandDeps } from '../command.ts';
import { fileProblem } from './fileProblem.ts';
import type { Format } from './format.ts';
import { type FormatEntry, formats } from './formats.ts';
import type { Exported } from './writeExport.ts';

export interface ExportFile {
  readonly format: Format;
  readonly path: string;
}

/**
 * Asks for the format and the file, has it written with cancellable progress, and says what came of it.
 * @param name how the file's name begins that is offered
 */
export async function exportToFile(
  deps: CommandDeps,
  { title, name }: { readonly title: string; readonly name: string },
  signal: AbortSignal,
  write: (file: ExportFile, report: (message: string) => void, signal: AbortSignal) => Promise<Exported>,
): Promise<void> {
  const { t, ui, log } = deps;
  const offered = await askFormat(deps, title, signal);
  const fileName = `${name}-${new Date().toISOString().slice(0, 10)}.${offered.extension}`;
  const path = await ui.saveFile({ title, name: fileName, type: offered });
  const create = await formatOf(path, offered).load();
  try {
    const { rows, isComplete } = await ui.withProgress(t('Exporting…'), signal, (progress, ownSignal) =>
      write(
        { format: create(), path },
        seldom((message) => progress.report(message)),
        ownSignal,
      ),
    );
    ui.inform(
      isComplete
        ? t('{0} grants were exported.', rows)
        : t('{0} grants were exported. Not all is known: the head of the file says what is missing.', rows),
    );
  } catch (error) {
    const problem = fileProblem(t, error);
    if (problem === undefined) throw error;
    log.error('The export could not be written.', error);
    ui.warn(problem);
    throw cancelled();
  }
}

async function askFormat({ t, ui }: CommandDeps, title: string, signal: AbortSignal): Promise<FormatEntry> {
  const choices = formats.map((value) => ({ label: value.label, description: `.${value.extension}`, value }));
  return answered(await ui.pick(choices, { title, placeholder: t('Which format?') }, signal));
}

/** A name with the ending of another format is taken at its word. */
function formatOf(path: string, offered: FormatEntry): FormatEntry {
  const extension = extname(path).slice(1).toLowerCase();
  return formats.find((format) => format.extension === extension) ?? offered;
}

/** Some times a second at most: each report goes to the window. */
function seldom<A extends readonly unknown[]>(report: (...args: A) => void): (...args: A) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (...args) => {
    if (performance.now() - last < 200) return;
    last = performance.now();
    report(...args);
  };
}
