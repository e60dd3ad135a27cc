/** What changed between two snapshots of a million memberships each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberRow } from '../../src/core/provider/rows.ts';
import { openForWriting } from '../../src/store/open.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { createSql } from '../../src/store/sql.ts';
import { createWriter } from '../../src/store/writer.ts';
import { atMost, atMostTimes, type Bench, count, milliseconds } from './support/report.ts';
import { interleaved, note, timed } from './support/rounds.ts';
import { threadTime } from './support/watchThread.ts';

const rounds = 5;
const groups = 50_000;
const perGroup = 20;
const people = 100_000;
const memberships = groups * perGroup;
/** One in so many has another right, or is somebody else. */
const changed = 100;

type Rows = readonly (readonly MemberRow[])[];

function rowsOf(version: number): Rows {
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: perGroup }, (_seat, seat): MemberRow => {
      const number = group * perGroup + seat;
      const isChanged = version > 0 && number % changed === 0;
      const index = (number * 37 + (isChanged && number % (2 * changed) === 0 ? 1 : 0)) % people;
      const email = `person${index}@generated.example`;
      const accessRight = isChanged ? 'Admin' : 'Viewer';
      return { id: email, identifier: email, email, name: `Person ${index}`, principalType: 'user', accessRight };
    }),
  );
}

export const bench: Bench = {
  name: 'snapshots',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
    try {
      const path = join(folder, 'store', 'tenants.sqlite');
      const versions = [rowsOf(0), rowsOf(1)] as const;
      const [before, after] = fill(path, versions);
      const reader = createStoreReader({ path });
      const slices: number[] = [];
      try {
        const { ours, baseline } = await interleaved(rounds, {
          ours: () =>
            timed(async () => {
              let found = 0;
              const comparison = reader.compareSnapshots(before, after)[Symbol.asyncIterator]();
              for (;;) {
                const start = threadTime();
                const { done, value } = await comparison.next();
                slices.push(threadTime() - start);
                if (done) break;
                found += value.changes.length;
              }
              if (found < memberships / changed) throw new Error(`Only ${found} changes were found.`);
            }),
          baseline: () =>
            timed(async () => {
              if (byMaps(versions) < memberships / changed) throw new Error('Too few changes were found.');
            }),
        });
        const measure = `what changed between two snapshots of ${count(memberships)} memberships`;
        return [
          atMostTimes(1, {
            measure,
            than: 'JavaScript Maps over rows in memory',
            ours,
            baseline,
            format: milliseconds,
          }),
          atMost(50, {
            measure: `${measure}: longest stall, in processor time of its own`,
            ours: Math.max(...slices),
            format: milliseconds,
          }),
        ];
      } finally {
        reader.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

let loads = 0;

/** A store with a snapshot of each version; tells what each cost. @returns their keys */
function fill(path: string, versions: readonly Rows[]): [number, number] {
  const { db } = openForWriting(path);
  const writer = createWriter(createSql(db), { decoders: {}, nextLoadId: () => ++loads });
  const connection = { provider: 'bench', name: 'bench', signIn: 'accessToken' } as const;
  writer.addTenant({ id: 'bench', provider: 'bench', name: 'bench', connection, isSample: false });
  const size = () => Number(db.prepare('PRAGMA page_count').get()?.page_count) * 4096;
  const keys = versions.map((rows) => {
    const load = writer.begin({ list: 'groups', tenantId: 'bench' });
    for (let at = 0; at < groups; at += 5000)
      writer.rows(load, {
        groups: rows.slice(at, at + 5000).map((members, index) => {
          const id = `group-${at + index}`;
          return { id, name: id, kind: 'workspace', members };
        }),
      });
    writer.end(load, {});
    const [start, before] = [performance.now(), size()];
    const key = writer.takeSnapshot('bench', {});
    const took = Math.round(performance.now() - start);
    note(`  a snapshot was taken in ${took} ms, in ${((size() - before) / memberships).toFixed(1)} bytes a membership`);
    if (key === undefined) throw new Error('There is no snapshot.');
    return key;
  });
  const [before, after] = keys;
  if (before === undefined || after === undefined) throw new Error('There are not two snapshots.');
  writer.close();
  return [before, after];
}

/** The same by hand: members of each group by id, then what is in one alone or has another right. */
function byMaps([before, after]: readonly [Rows, Rows]): number {
  let found = 0;
  for (let group = 0; group < groups; group++) {
    const old = new Map((before[group] ?? []).map((row) => [row.id, row.accessRight]));
    for (const { id, accessRight } of after[group] ?? []) {
      const held = old.get(id);
      if (held !== accessRight) found++;
      old.delete(id);
    }
    found += old.size;
  }
  return found;
}
