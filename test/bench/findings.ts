/** All findings at a million memberships. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessModel, type FindingRow, type FindingRules, findingIds } from '../../src/core/findings/findings.ts';
import type { StoreReader } from '../../src/core/store.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { fillStore, memberships, people } from './support/nestedStore.ts';
import { atMost, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { median, note, timed } from './support/rounds.ts';
import { threadTime } from './support/watchThread.ts';

const rounds = 5;
const access: AccessModel = {
  rights: { admin: ['Admin'], edit: ['Member'], other: ['Viewer'] },
  administered: ['workspace'],
  namesAll: true,
};
const rules: FindingRules = { ids: findingIds, access: { bench: access }, mostBuiltInAdmins: 5, mostAdministered: 20 };

export const bench: Bench = {
  name: 'findings',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
    try {
      const path = join(folder, 'store', 'tenants.sqlite');
      note(`  filled in ${Math.round(await timed(() => fillStore(path)))} ms`);
      const reader = createStoreReader({ path });
      try {
        return await measure(reader);
      } finally {
        reader.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(reader: StoreReader): Promise<Figure[]> {
  const totals: number[] = [];
  const stalls: number[] = [];
  const slices: number[] = [];
  let rows: FindingRow[] = [];
  for (let round = 0; round < rounds; round++) {
    rows = [];
    const start = performance.now();
    const found = reader.findings(rules)[Symbol.asyncIterator]();
    for (;;) {
      const [before, processorBefore] = [performance.now(), threadTime()];
      const { done, value } = await found.next();
      stalls.push(performance.now() - before);
      slices.push(threadTime() - processorBefore);
      if (done) break;
      rows = rows.concat(value.rows);
    }
    totals.push(performance.now() - start);
    note(`  ${Math.round(totals.at(-1) ?? 0)} ms`);
  }
  const processorBefore = threadTime();
  stalls.push(await timed(() => reader.findingDetails(rows.slice(0, 500))));
  slices.push(threadTime() - processorBefore);
  for (const id of findingIds) note(`  ${id}: ${rows.filter(({ finding }) => finding === id).length}`);
  const measure = `findings, at ${count(memberships)} memberships of ${count(people)} principals: ${count(rows.length)}`;
  return [
    atMost(2000, { measure, ours: median(totals), format: milliseconds }),
    atMost(50, {
      measure: `${measure}: longest stall, in processor time of its own`,
      ours: Math.max(...slices),
      format: milliseconds,
    }),
    atMost(50, { measure: `${measure}: longest stall, by the clock`, ours: Math.max(...stalls), format: milliseconds }),
  ];
}
