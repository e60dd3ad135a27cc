import { setImmediate as nextTurn } from 'node:timers/promises';
import { collectFindings, type FoundAll } from '../../core/findings/collectFindings.ts';
import {
  byGravity,
  type FindingDetail,
  type FindingId,
  type FindingRow,
  findingIds,
  type Severity,
} from '../../core/findings/findings.ts';
import type { FindingPlan } from '../../core/findings/findingsView.ts';
import type { Logger } from '../../core/logger.ts';
import type { StoreReader } from '../../core/store.ts';
import type { Row } from '../row.ts';
import type { Words } from '../words.ts';
import { coverageMessage } from './coverage.ts';
import { createFindingRow, createIgnoredRow } from './findingRow.ts';
import { findingTexts } from './findingTexts.ts';
import { createSections, type Section, type SectionId } from './sections.ts';

export interface FindingsModelOptions {
  readonly reader: StoreReader;
  readonly words: Words;
  readonly log: Logger;
  plan(): Promise<FindingPlan>;
  /** Whether the view is seen at first. */
  readonly isVisible: boolean;
  /** Rows to render again; without one, all. */
  fire(row: Row | undefined): void;
  setBusy(isBusy: boolean): void;
  /** What is said above the rows, and how many findings are of high severity. */
  show(message: string, high: number): void;
  /** Milliseconds between the end of one search and the beginning of the next. */
  readonly interval?: number;
}

/** The view "Findings" without VS Code. Nothing is looked for while it is not seen. */
export interface FindingsModel {
  roots(): Promise<readonly Row[]>;
  children(row: Row): Promise<readonly Row[]>;
  setVisible(isVisible: boolean): void;
  /** The store, or a setting, changed. */
  onChange(): void;
  refresh(): Promise<void>;
  showMore(row: unknown): void;
  dispose(): void;
}

/** Rows that a list shows at first, and more with each "Load more". */
const pageSize = 1000;

/** Rows read between two turns of other work. */
const readAtOnce = 200;

interface Result extends FoundAll {
  readonly plan: FindingPlan;
}

export function createFindingsModel(options: FindingsModelOptions): FindingsModel {
  const { reader, words, log, interval = 1000 } = options;
  const { t } = words;
  let result: Result | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let { isVisible } = options;
  let hasFailed = false;
  let isStale = true;
  let isDisposed = false;
  const limits = new Map<SectionId, number>();
  const sections = createSections(words, childrenOf);

  async function search(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    isStale = false;
    options.setBusy(true);
    const start = performance.now();
    try {
      const plan = await options.plan();
      const found = await collectFindings(reader, plan.rules);
      if (isDisposed) return;
      result = { ...found, plan };
      hasFailed = false;
      options.show(coverageMessage(words, found.coverage), countOf(result, 'high'));
      options.fire(undefined);
    } catch (error) {
      log.error('The findings could not be computed.', error);
      hasFailed = true;
      // What was found before stays, and so does its number.
      const high = result ? countOf(result, 'high') : 0;
      options.show(t('The findings could not be computed: refresh to try again. The log says more.'), high);
    } finally {
      options.setBusy(false);
      running = undefined;
      // A search of a large store leaves the thread to others for longer.
      if (isStale) schedule(Math.max(interval, 4 * (performance.now() - start)));
    }
  }

  function run(): Promise<void> {
    running ??= search();
    return running;
  }

  function schedule(delay: number): void {
    if (!isVisible || isDisposed || running || timer) return;
    timer = setTimeout(() => void run(), delay);
  }

  async function childrenOf(section: Section): Promise<readonly Row[]> {
    if (!result) return [];
    const { plan, ignored, coverage } = result;
    const texts = findingTexts(t, plan.rules);
    const limit = limits.get(section.section) ?? pageSize;
    const turns = new Map<string, number>();
    const turnOf = (key: string) => {
      const turn = turns.get(key) ?? 0;
      turns.set(key, turn + 1);
      return turn;
    };
    if (section.section === 'clear') return sections.clear(section, clearIds(result), { texts, plan, coverage });
    if (section.section === 'ignored') {
      const rows = ignored.slice(0, limit).map((one) => createIgnoredRow(words, section, one, texts[one.finding], 0));
      return ignored.length > limit ? [...rows, sections.more(section, limit, ignored.length)] : rows;
    }
    const all = result.rows.get(section.section) ?? [];
    const text = texts[section.section];
    const rows: Row[] = [];
    for (const detail of await read(all.slice(0, limit))) {
      const { finding: _, target, ...key } = detail;
      rows.push(
        createFindingRow(
          words,
          section,
          detail,
          text,
          turnOf(JSON.stringify([key.groupId, key.memberId, target.tenantId])),
        ),
      );
    }
    return all.length > limit ? [...rows, sections.more(section, limit, all.length)] : rows;
  }

  async function read(rows: readonly FindingRow[]): Promise<readonly FindingDetail[]> {
    const details: FindingDetail[] = [];
    for (let at = 0; at < rows.length; at += readAtOnce) {
      details.push(...(await reader.findingDetails(rows.slice(at, at + readAtOnce))));
      await nextTurn();
    }
    return details;
  }

  return {
    roots: async () => {
      if (!result) await run();
      if (!result || result.coverage.length === 0) return [];
      const { plan, ignored, coverage } = result;
      const texts = findingTexts(t, plan.rules);
      const found = foundIds(result).map((id) =>
        sections.found(id, result?.rows.get(id)?.length ?? 0, { texts, plan, coverage }),
      );
      const clear = clearIds(result);
      return [
        ...found,
        ...(ignored.length > 0 ? [sections.ignored(ignored.length)] : []),
        ...(clear.length > 0 ? [sections.nothing(clear.length)] : []),
      ];
    },
    children: async (row) => {
      try {
        return (await row.children?.()) ?? [];
      } catch (error) {
        log.error('Findings could not be shown.', error);
        return [sections.failed(row)];
      }
    },
    setVisible: (visible) => {
      isVisible = visible;
      if (visible && isStale) schedule(0);
      if (visible) return;
      clearTimeout(timer);
      timer = undefined;
    },
    onChange: () => {
      isStale = true;
      // What is not shown yet is looked for when it is.
      if (result || hasFailed) schedule(interval);
    },
    refresh: async () => {
      // What was begun before may have passed by what is to be seen.
      if (running) await running;
      await run();
    },
    showMore: (row) => {
      const section = sections.of(row);
      if (!section) return;
      limits.set(section.section, (limits.get(section.section) ?? pageSize) + pageSize);
      options.fire(section);
    },
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}

function foundIds({ rows, plan }: Result): readonly FindingId[] {
  return byGravity(plan.severities).filter((id) => (rows.get(id)?.length ?? 0) > 0);
}

function clearIds({ rows }: Result): readonly FindingId[] {
  return findingIds.filter((id) => (rows.get(id)?.length ?? 0) === 0);
}

function countOf({ rows, plan }: Result, severity: Severity): number {
  let count = 0;
  for (const [id, some] of rows) if (plan.severities[id] === severity) count += some.length;
  return count;
}
