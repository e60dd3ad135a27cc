import { extname } from 'node:path';
import { AppError, cancelled } from '../core/errors.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Target } from '../core/target.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './ask.ts';
import type { Command, CommandDeps } from './command.ts';
import { fileProblem } from './export/fileProblem.ts';
import { type FormatEntry, formats } from './export/formats.ts';
import { writeExport } from './export/writeExport.ts';
import { givenTargets } from './targets.ts';

/** Writes who has access to what, of the rows that are meant or of whole tenants, to a file. Loads nothing. */
export const exportAccess: Command = {
  name: 'exportAccess',
  run: async (deps, args, signal) => {
    const { t, ui, log } = deps;
    const title = t('Export Access');
    const meant = await whose(deps, args, title, signal);
    const offered = await askFormat(deps, title, signal);
    const name = `${t('access')}-${new Date().toISOString().slice(0, 10)}.${offered.extension}`;
    const path = await ui.saveFile({ title, name, type: offered });
    const create = await formatOf(path, offered).load();
    try {
      const { rows, isComplete } = await ui.withProgress(t('Exporting…'), signal, (progress, ownSignal) =>
        withSnapshot(deps, (snapshot) => {
          const onProgress = seldom((done: number, expected: number) =>
            progress.report(t('{0} of about {1} grants', done, expected)),
          );
          return writeExport({ snapshot, targets: meant, format: create(), path, t, onProgress }, ownSignal);
        }),
      );
      ui.inform(
        isComplete
          ? t('{0} grants were exported.', rows)
          : t('{0} grants were exported. Not all is known: the beginning of the file says what is missing.', rows),
      );
    } catch (error) {
      const problem = fileProblem(t, error);
      if (problem === undefined) throw error;
      log.error('The export could not be written.', error);
      ui.warn(problem);
      throw cancelled();
    }
  },
};

/** Rows by the arguments or the selection, else what the user picks. */
async function whose(
  { t, ui, tree, reader }: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const given = givenTargets(args);
  const meant = given.length > 0 ? given : tree.selection();
  const granted = meant.filter(({ groupId }) => groupId !== noGroupId);
  if (granted.length > 0) return granted;
  if (meant.length > 0) {
    ui.inform(t('Who is in no group has no access that could be exported.'));
    throw cancelled();
  }
  const each = reader.tenants().map(({ id, name }): Choice<Target[]> => ({ label: name, value: [{ tenantId: id }] }));
  const [first] = each;
  if (!first) {
    ui.inform(t('There is no tenant yet. Add one first.'));
    throw cancelled();
  }
  if (each.length === 1) return first.value;
  const all = { label: t('All tenants'), value: each.flatMap(({ value }) => value) };
  return answered(await ui.pick([all, ...each], { title, placeholder: t('Which tenant?') }, signal));
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

async function withSnapshot<T>(deps: CommandDeps, task: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const snapshot = await deps.openSnapshot();
  if (!snapshot) throw new AppError('notFound', 'Nothing is stored yet.');
  try {
    return await task(snapshot);
  } finally {
    snapshot.close();
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
