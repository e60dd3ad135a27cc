import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReportSource } from '../../core/report/reportSource.ts';
import { csvHead, csvOf } from '../../export/formats/csv.ts';
import { replaceFile } from '../../export/replaceFile.ts';
import type { CommandDeps } from '../command.ts';
import { datedName } from '../export/datedName.ts';
import { orTellWhy } from '../export/orTellWhy.ts';
import { loadAll } from '../loadAll.ts';
import { type ReadReport, readReport } from './readReport.ts';

/** A report of some tenants, and what its page may ask for. */
export function reportSource(deps: CommandDeps, tenantIds: readonly string[], signal: AbortSignal): ReportSource {
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
    save: async (html) => {
      const done = t('The report was saved. It names people: treat it as what it tells of.');
      await saveAs(deps, { title: t('Save Report'), name: t('access-report'), type: page, done }, [html], signal);
    },
    saveTable: async (name, records) => {
      const done = t('The table was saved. It names people: treat it as what it tells of.');
      const asked = { title: t('Save Table'), name: fileName(name), type: csv, done };
      await saveAs(deps, asked, csvParts(last?.report.coverage.summary ?? '', records), signal);
    },
  };
}

/** The report that a page was of, which kept its `id`; nothing where no tenant of it is there any more. */
export function reportSourceOf(deps: CommandDeps, id: string): ReportSource | undefined {
  const tenantIds = idsIn(id).filter((tenantId) => deps.reader.tenant(tenantId));
  return tenantIds.length > 0 ? reportSource(deps, tenantIds, new AbortController().signal) : undefined;
}

function idsIn(id: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(id);
    return Array.isArray(ids) ? ids.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

const page = { label: 'HTML', extension: 'html' };
const csv = { label: 'CSV', extension: 'csv' };

const rowsAtOnce = 200;

/** What the table covers comes first, as in every export. */
async function* csvParts(summary: string, records: readonly (readonly string[])[]): AsyncGenerator<string> {
  const [titles = [], ...rows] = records;
  yield csvHead(summary, titles);
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    yield csvOf(rows.slice(at, at + rowsAtOnce));
    await nextTurn();
  }
}

function fileName(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60).toWellFormed();
}

interface Asked {
  readonly title: string;
  /** How the file's name begins that is offered. */
  readonly name: string;
  readonly type: { readonly label: string; readonly extension: string };
  readonly done: string;
}

async function saveAs(
  deps: CommandDeps,
  { title, name, type, done }: Asked,
  parts: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const path = await deps.ui.saveFile({ title, name: datedName(name, type), type });
  async function* all() {
    yield* parts;
  }
  await orTellWhy(deps, () => replaceFile(path, all(), signal));
  deps.ui.inform(done);
}
