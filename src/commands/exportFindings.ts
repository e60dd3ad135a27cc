import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';
import { collectFindings } from '../core/findings/collectFindings.ts';
import {
  applies,
  byGravity,
  type FindingCoverage,
  type FindingId,
  type FindingRow,
  type FindingRules,
  findingIds,
} from '../core/findings/findings.ts';
import { groupsWord } from '../export/counts.ts';
import { type FindingFormat, findingFormats, type NotMade } from '../export/findingFormats.ts';
import { type FindingExportRow, findingRow, ignoredRow } from '../export/findingRows.ts';
import type { Part } from '../export/formats/format.ts';
import { replaceFile } from '../export/replaceFile.ts';
import type { Command, CommandDeps } from './command.ts';
import { saveAs } from './export/saveAs.ts';

const rowsAtOnce = 200;

/** Writes what is found now, with what is ignored and why, to a file. Loads nothing. */
export const exportFindings: Command = {
  name: 'exportFindings',
  run: async (deps, _, signal) => {
    const { t } = deps;
    const asked = { title: t('Export Findings'), name: t('findings'), formats: findingFormats };
    await saveAs(deps, asked, signal, async (format, path, _report, ownSignal) => {
      const { rows, gone } = await write(deps, await format.create(), path, ownSignal);
      const done = rows === 1 ? t('1 finding was exported.') : t('{0} findings were exported.', rows);
      if (gone === 0) return done;
      return `${done} ${t('The data changed meanwhile, and findings are missing in the file: {0}. Export again.', gone)}`;
    });
  },
};

interface Written {
  readonly rows: number;
  /** Found, and not there any more when it was read what they are about. */
  readonly gone: number;
}

async function write(deps: CommandDeps, format: FindingFormat, path: string, signal: AbortSignal): Promise<Written> {
  const { t, reader } = deps;
  const view = await deps.findings();
  const { rules, severities } = await view.plan();
  const found = await collectFindings(reader, rules, signal);
  if (found.coverage.length === 0) throw new AppError('notFound', 'Nothing is stored yet.');
  const { coverage, ignored } = found;
  const rows = byGravity(severities).flatMap((id) => found.rows.get(id) ?? []);
  const told = (one: { readonly finding: FindingRow['finding'] }) => ({
    text: view.text(one.finding),
    severity: severities[one.finding],
  });
  let [written, gone] = [0, 0];
  async function* parts(): AsyncGenerator<Part> {
    const exportedAt = new Date().toISOString();
    const notMade = checksNotMade(rules, coverage);
    const titles = (ids: readonly FindingId[]) => ids.map((id) => view.text(id).title).join(', ');
    const summary = [findingsSummary(t, exportedAt, coverage), ...notMadeWords(t, notMade, titles)].join(' ');
    yield format.begin({ exportedAt, coverage, notMade, summary });
    const part = (some: readonly FindingExportRow[]) => {
      written += some.length;
      return some.length > 0 ? format.rows(some) : '';
    };
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const asked = rows.slice(at, at + rowsAtOnce);
      const details = await reader.findingDetails(asked);
      gone += asked.length - details.length;
      yield part(details.map((one) => findingRow(one, told(one))));
      await nextTurn();
    }
    yield part(ignored.map((one) => ignoredRow(one, told(one))));
    yield format.end();
  }
  await replaceFile(path, parts(), signal);
  return { rows: written, gone };
}

/** Checks that found nothing because they were not made. */
function checksNotMade({ ids, access }: FindingRules, coverage: readonly FindingCoverage[]): NotMade {
  return {
    turnedOff: findingIds.filter((id) => !ids.includes(id)),
    notApplicable: coverage.flatMap(({ name, provider }) => {
      const checks = ids.filter((id) => !applies(id, access[provider]));
      return checks.length === 0 ? [] : [{ tenant: name, checks }];
    }),
  };
}

function notMadeWords(
  t: CommandDeps['t'],
  { turnedOff, notApplicable }: NotMade,
  titles: (ids: readonly FindingId[]) => string,
): readonly string[] {
  return [
    ...(turnedOff.length > 0 ? [t('Turned off by settings, so not looked for: {0}.', titles(turnedOff))] : []),
    ...notApplicable.map(({ tenant, checks }) => t('Cannot be told of {0}: {1}.', tenant, titles(checks))),
  ];
}

function findingsSummary(t: CommandDeps['t'], at: string, coverage: readonly FindingCoverage[]): string {
  const tenants = coverage.map(({ name, groups, looked, state }) =>
    state === 'complete'
      ? groups === 1
        ? t('{0}: {1} of 1 group looked at', name, looked)
        : t('{0}: {1} of {2} groups looked at', name, looked, groups)
      : t('{0}: {1} of {2} looked at, and there may be more groups', name, looked, groupsWord(t, groups)),
  );
  return [
    t('Findings as Tenant Explorer knew them at {0}.', at),
    `${tenants.join('; ')}.`,
    t('What was not looked at may have findings, too.'),
    t(
      'Workspace roles and group memberships are not all access: items that were shared one by one, audiences of apps and roles on folders are not in it.',
    ),
  ].join(' ');
}
