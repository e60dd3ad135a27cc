import { cancelled } from '../core/errors.ts';
import type { ReportSource } from '../core/report/reportSource.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './ask.ts';
import type { Command, CommandDeps } from './command.ts';
import { fileProblem } from './export/fileProblem.ts';
import { replaceFile } from './export/replaceFile.ts';
import { loadAll } from './loadAll.ts';
import { type ReadReport, readReport } from './report/readReport.ts';
import { givenTargets } from './targets.ts';

/** Opens a page with who has access to what, of one or all tenants. Loads nothing. */
export const openReport: Command = {
  name: 'openReport',
  run: async (deps, args, signal) => {
    const tenantIds = await whose(deps, args, signal);
    await deps.showReport(createSource(deps, tenantIds, signal));
  },
};

function createSource(deps: CommandDeps, tenantIds: readonly string[], signal: AbortSignal): ReportSource {
  const { t, ui } = deps;
  let last: ReadReport | undefined;
  return {
    id: JSON.stringify(tenantIds),
    read: async () => {
      last = await ui.withProgress(t('Reading for the report…'), signal, (_, ownSignal) =>
        readReport(deps, tenantIds, ownSignal),
      );
      return last.report;
    },
    reveal: async (spot) => {
      const target = last?.targetOf(spot);
      if (target) await deps.tree.reveal(target);
    },
    load: async () => {
      await loadAll.run(deps, [undefined, tenantIds.map((tenantId) => ({ tenantId }))], signal);
    },
    save: (html) => save(deps, html, signal),
  };
}

async function save({ t, ui, log }: CommandDeps, html: string, signal: AbortSignal): Promise<void> {
  const name = `${t('access-report')}-${new Date().toISOString().slice(0, 10)}.html`;
  const path = await ui.saveFile({ title: t('Save Report'), name, type: { label: 'HTML', extension: 'html' } });
  async function* parts() {
    yield html;
  }
  try {
    await replaceFile(path, parts(), signal);
    ui.inform(t('The report was saved. It names people: treat it as what it tells of.'));
  } catch (error) {
    const problem = fileProblem(t, error);
    if (problem === undefined) throw error;
    log.error('The report could not be written.', error);
    ui.warn(problem);
    throw cancelled();
  }
}

async function whose(deps: CommandDeps, args: readonly unknown[], signal: AbortSignal): Promise<readonly string[]> {
  const { reader, ui, t, tree } = deps;
  const given = givenTargets(args);
  const meant = given.length > 0 ? given : tree.selection();
  if (meant.length > 0) return [...new Set(meant.map(({ tenantId }) => tenantId))];
  const each = reader.tenants().map(({ id, name }): Choice<readonly string[]> => ({ label: name, value: [id] }));
  const [first] = each;
  if (!first) {
    ui.inform(t('There is no tenant yet. Add one first.'));
    throw cancelled();
  }
  if (each.length === 1) return first.value;
  const all = { label: t('All tenants'), value: each.flatMap(({ value }) => value) };
  const question = { title: t('Open Report'), placeholder: t('Which tenant?') };
  return answered(await ui.pick([all, ...each], question, signal));
}
