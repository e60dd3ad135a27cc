import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, cancelled } from '../core/errors.ts';
import {
  byGravity,
  type FindingCoverage,
  type FindingId,
  type FindingRow,
  type FindingRules,
  type IgnoredFinding,
} from '../core/findings.ts';
import type { Command, CommandDeps } from './command.ts';
import { type FindingFormat, findingFormats } from './export/findingFormats.ts';
import { type FindingExportRow, findingRow, ignoredRow } from './export/findingRows.ts';
import type { Part } from './export/format.ts';
import { replaceFile } from './export/replaceFile.ts';
import { saveAs } from './export/saveAs.ts';

const rowsAtOnce = 200;

/** Writes what is found now, with what is ignored and why, to a file. Loads nothing. */
export const exportFindings: Command = {
  name: 'exportFindings',
  run: async (deps, _, signal) => {
    const { t } = deps;
    const asked = { title: t('Export Findings'), name: t('findings'), formats: findingFormats };
    await saveAs(deps, asked, signal, async (format, path, _report, ownSignal) => {
      const rows = await write(deps, await format.create(), path, ownSignal);
      return t('{0} findings were exported.', rows);
    });
  },
};

interface Found {
  readonly rows: ReadonlyMap<FindingId, readonly FindingRow[]>;
  readonly coverage: readonly FindingCoverage[];
  readonly ignored: readonly IgnoredFinding[];
}

async function write(deps: CommandDeps, format: FindingFormat, path: string, signal: AbortSignal): Promise<number> {
  const { t, reader } = deps;
  const view = await deps.findings();
  const { rules, severities } = await view.plan();
  const found = await search(deps, rules, signal);
  const { coverage, ignored } = found;
  const rows = byGravity(severities).flatMap((id) => found.rows.get(id) ?? []);
  const told = (one: { readonly finding: FindingRow['finding'] }) => ({
    text: view.text(one.finding),
    severity: severities[one.finding],
  });
  let written = 0;
  async function* parts(): AsyncGenerator<Part> {
    const exportedAt = new Date().toISOString();
    yield format.begin({ exportedAt, coverage, summary: summaryOf(t, exportedAt, coverage) });
    const part = (some: readonly FindingExportRow[]) => {
      written += some.length;
      return some.length > 0 ? format.rows(some) : '';
    };
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const details = await reader.findingDetails(rows.slice(at, at + rowsAtOnce));
      yield part(details.map((one) => findingRow(one, told(one))));
      await nextTurn();
    }
    yield part(ignored.map((one) => ignoredRow(one, told(one))));
    yield format.end();
  }
  await replaceFile(path, parts(), signal);
  return written;
}

async function search({ reader }: CommandDeps, rules: FindingRules, signal: AbortSignal): Promise<Found> {
  const rows = new Map<FindingId, FindingRow[]>(rules.ids.map((id) => [id, []]));
  for await (const slice of reader.findings(rules)) {
    if (signal.aborted) throw cancelled();
    for (const row of slice.rows) rows.get(row.finding)?.push(row);
    if (slice.end) return { rows, ...slice.end };
  }
  throw new AppError('notFound', 'Nothing is stored yet.');
}

function summaryOf(t: CommandDeps['t'], at: string, coverage: readonly FindingCoverage[]): string {
  const tenants = coverage.map(({ name, groups, looked, state }) =>
    state === 'complete'
      ? t('{0}: {1} of {2} groups looked at', name, looked, groups)
      : t('{0}: {1} of {2} known groups looked at, the list of groups is not complete', name, looked, groups),
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
