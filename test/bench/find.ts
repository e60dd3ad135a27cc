/** A search as it is typed, and all that the best-connected principal reaches, at a million memberships. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AccessSlice, StoreReader } from '../../src/core/store.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { best, fillStore, memberships, people } from './support/nestedStore.ts';
import { atLeastTimesAsFast, atMost, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { interleaved, median, note, timed } from './support/rounds.ts';

const rounds = 5;

/** As they are typed, letter by letter. */
const typed = ['zoe alvarez 4711', 'bauer göran', '4711@', 'li', '田中'];
const keystrokes = typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));

const at = `at ${count(memberships)} memberships of ${count(people)} principals`;

export const bench: Bench = {
  name: 'find',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
    try {
      const path = join(folder, 'store', 'tenants.sqlite');
      note(`  filled in ${Math.round(await timed(() => fillStore(path)))} ms`);
      const reader = createStoreReader({ path });
      try {
        return [...(await search(reader, path)), ...(await closure(reader))];
      } finally {
        reader.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function find(reader: StoreReader, text: string): Promise<number> {
  let hits = 0;
  for await (const { principals = [] } of reader.find(text)) hits += principals.length;
  return hits;
}

async function search(reader: StoreReader, path: string): Promise<Figure[]> {
  for (const text of typed) note(`  "${text}": ${await find(reader, text)} found`);
  const each: number[] = [];
  for (const text of keystrokes) each.push(await timed(() => find(reader, text)));
  const db = new DatabaseSync(path, { readOnly: true });
  // From the memberships on, as a search must that keeps them as plain rows.
  const scan = db.prepare(
    `SELECT p.key, count(*) AS groups FROM member m CROSS JOIN principal p ON p.key = m.principal
     WHERE p.folded LIKE ? GROUP BY p.key LIMIT 200`,
  );
  const { ours, baseline } = await interleaved(rounds, {
    ours: async () =>
      (await timed(async () => {
        for (const text of typed) await find(reader, text);
      })) / typed.length,
    baseline: () => timed(() => scan.all('%zoe alvarez 4711%')),
  });
  db.close();
  return [
    atMost(50, {
      measure: `find, ${at}: slowest of ${keystrokes.length} keystrokes`,
      ours: Math.max(...each),
      format: milliseconds,
    }),
    atLeastTimesAsFast(50, {
      measure: `find, ${at}: a whole search`,
      than: 'a full scan of the memberships',
      ...{ ours, baseline, format: milliseconds },
    }),
  ];
}

async function closure(reader: StoreReader): Promise<Figure[]> {
  const totals: number[] = [];
  const slices: number[] = [];
  let found = 0;
  let longest = 0;
  for (let round = 0; round < rounds; round++) {
    found = 0;
    const start = performance.now();
    const search = reader.access(best)[Symbol.asyncIterator]();
    for (;;) {
      const before = performance.now();
      const { done, value } = (await search.next()) as IteratorResult<AccessSlice, undefined>;
      slices.push(performance.now() - before);
      if (done) break;
      found += value.items.length;
      for (const { path } of value.items) longest = Math.max(longest, path.length);
    }
    totals.push(performance.now() - start);
  }
  const measure = `effective access of the best-connected, ${at}, ${longest} levels: ${count(found)} ways`;
  return [
    atMost(200, { measure, ours: median(totals), format: milliseconds }),
    atMost(50, { measure: `${measure}: longest stall`, ours: Math.max(...slices), format: milliseconds }),
  ];
}
