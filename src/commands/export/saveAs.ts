import { extname } from 'node:path';
import { cancelled } from '../../core/errors.ts';
import { fileProblem } from '../../export/fileProblem.ts';
import { answered } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';

/** What a file can be, as it is offered. */
interface FileType {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
}

interface Asked<F> {
  readonly title: string;
  /** How the file's name begins that is offered. */
  readonly name: string;
  readonly formats: readonly F[];
}

/**
 * Asks for the format and the file, has it written with cancellable progress, and says what came of it: what `write`
 * resolves to. @throws AppError `cancelled`, also where the file could not be written and the user was told why
 */
export async function saveAs<F extends FileType>(
  { t, ui, log }: CommandDeps,
  { title, name, formats }: Asked<F>,
  signal: AbortSignal,
  write: (format: F, path: string, report: (message: string) => void, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const choices = formats.map((value) => ({ label: value.label, description: `.${value.extension}`, value }));
  const offered = answered(await ui.pick(choices, { title, placeholder: t('Which format?') }, signal));
  const fileName = `${name}-${new Date().toISOString().slice(0, 10)}.${offered.extension}`;
  const path = await ui.saveFile({ title, name: fileName, type: offered });
  // A name with the ending of another format is taken at its word.
  const extension = extname(path).slice(1).toLowerCase();
  const format = formats.find((one) => one.extension === extension) ?? offered;
  try {
    const written = await ui.withProgress(t('Exporting…'), signal, (progress, ownSignal) =>
      write(
        format,
        path,
        seldom((message) => progress.report(message)),
        ownSignal,
      ),
    );
    ui.inform(written);
  } catch (error) {
    const problem = fileProblem(t, error);
    if (problem === undefined) throw error;
    log.error('The export could not be written.', error);
    ui.warn(problem);
    throw cancelled();
  }
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
