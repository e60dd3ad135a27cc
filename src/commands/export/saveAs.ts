import { extname } from 'node:path';
import { answered } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';
import { datedName } from './datedName.ts';
import { orTellWhy } from './orTellWhy.ts';

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
  deps: CommandDeps,
  { title, name, formats }: Asked<F>,
  signal: AbortSignal,
  write: (format: F, path: string, report: (message: string) => void, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const { t, ui } = deps;
  const choices = formats.map((value) => ({ label: value.label, description: `.${value.extension}`, value }));
  const offered = answered(await ui.pick(choices, { title, placeholder: t('Which format?') }, signal));
  const path = await ui.saveFile({ title, name: datedName(name, offered), type: offered });
  // A name with the ending of another format is taken at its word.
  const extension = extname(path).slice(1).toLowerCase();
  const format = formats.find((one) => one.extension === extension) ?? offered;
  const written = await orTellWhy(
    deps,
    () =>
      ui.withProgress(t('Exporting…'), signal, (progress, ownSignal) => {
        const report = seldom((message: string) => progress.report(message));
        return write(format, path, report, ownSignal);
      }),
    formats.map((one) => one.extension),
  );
  ui.inform(written);
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
