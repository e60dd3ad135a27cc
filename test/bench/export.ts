/** Grants as CSV from the store, against the csv library fed from memory; and a million of them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { columns, exportRow } from '../../src/export/row.ts';
import { openSnapshot } from '../../src/store/snapshot.ts';
import { build } from '../support/build.ts';
import { startCore } from '../support/core.ts';
import type { ExportAsked, ExportSeen } from './support/exportChild.ts';
import { exportGrants } from './support/exportGrants.ts';
import {
  atLeastTimesAsFast,
  atMost,
  type Bench,
  count,
  type Figure,
  megabytes,
  milliseconds,
} from './support/report.ts';
import { interleaved, note } from './support/rounds.ts';
import { onlyConnection, startServer } from './support/server.ts';

const rounds = 5;
const recordsAtOnce = 500;
const membersPerGroup = 20;
const [some, many] = [250_000, 1_000_000];

export const bench: Bench = {
  name: 'export',
  run: async () => {
    await build('extension');
    const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-export-'));
    try {
      const { ours, baseline } = await compare(await loaded(join(folder, 'some'), some));
      const store = await loaded(join(folder, 'many'), many);
      return [
        atLeastTimesAsFast(0.5, {
          measure: `${count(some)} grants as CSV, from the store to a file, processor time`,
          than: 'the csv library, fed from memory',
          ...{ ours, baseline, format: milliseconds },
        }),
        ...(await exportMany(store, 'CSV', join(folder, 'many.csv'))),
        ...(await exportMany(store, 'Excel', join(folder, 'many.xlsx'))),
        ...(await exportMany(store, 'Parquet', join(folder, 'many.parquet'))),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function exportMany(store: Loaded, format: string, file: string): Promise<readonly Figure[]> {
  note(`export: ${count(many)} grants as ${format}…`);
  const seen = await exportInProcess(store, file);
  if (seen.rows !== many) throw new Error(`${seen.rows} rows were exported.`);
  const measure = `${count(many)} grants as ${format}`;
  return [
    atMost(64 * 2 ** 20, {
      measure: `${measure}: most growth of all heaps, garbage included`,
      ours: seen.heaps,
      format: megabytes,
    }),
    atMost(64 * 2 ** 20, {
      measure: `${measure}: most growth of the process`,
      ours: seen.resident,
      format: megabytes,
    }),
    atMost(50, {
      measure: `${measure}: longest stall, in processor time of its own`,
      ours: seen.slice,
      format: milliseconds,
    }),
  ];
}

interface Loaded {
  readonly store: string;
  readonly tenantId: string;
}

/** A store with a tenant of so many memberships. */
async function loaded(folder: string, memberships: number): Promise<Loaded> {
  const groups = memberships / membersPerGroup;
  const server = await startServer({ tenants: [{ provider: 'powerbi', scope: 'admin', groups, membersPerGroup }] });
  const core = startCore({ folder });
  try {
    const tenantId = await core.api.addTenant(onlyConnection(server));
    const { state } = await core.api.loadAll(tenantId);
    if (state !== 'complete') throw new Error(`loadAll came to ${state}.`);
    return { store: join(folder, 'tenants.sqlite'), tenantId };
  } finally {
    await core.close();
    await server.stop();
  }
}

async function compare({ store, tenantId }: Loaded): Promise<{ ours: number; baseline: number }> {
  const [file, bare] = [`${store}.csv`, `${store}.bare.csv`];
  const records = withSnapshot(store, (snapshot) => recordsOf(snapshot, tenantId));
  const times = await interleaved(rounds, {
    ours: () => busy(() => exportGrants({ store, tenantId, file })),
    baseline: () => busy(() => writeBare(bare, records)),
  });
  const [size, bareSize] = [statSync(file).size, statSync(bare).size];
  if (size < bareSize) throw new Error(`${size} bytes were exported, where the library wrote ${bareSize}.`);
  return times;
}

/** Processor time of all threads, which others' work on the machine does not stretch as it stretches the clock. */
async function busy(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The library at its fastest: a few records at a time. */
async function writeBare(path: string, records: readonly unknown[][]): Promise<void> {
  const file = await open(path, 'w');
  for (let at = 0; at < records.length; at += recordsAtOnce) {
    const options = { escape_formulas: true, record_delimiter: 'windows', eof: true } as const;
    await file.appendFile(stringify(records.slice(at, at + recordsAtOnce), options));
  }
  await file.sync();
  await file.close();
}

function recordsOf(snapshot: Snapshot, tenantId: string): unknown[][] {
  const [tenant] = snapshot.tenants();
  if (!tenant) throw new Error('There is no tenant.');
  const records: unknown[][] = [];
  for (const { group, member } of snapshot.grants(tenantId)) {
    if (!member) continue;
    const row = exportRow(tenant, group, member);
    records.push(
      columns.map((column) => (column === 'path' ? '[]' : column === 'guest' ? String(row.guest) : row[column])),
    );
  }
  return records;
}

function withSnapshot<T>(store: string, read: (snapshot: Snapshot) => T): T {
  const snapshot = openSnapshot(store);
  if (!snapshot) throw new Error('There is no store.');
  try {
    return read(snapshot);
  } finally {
    snapshot.close();
  }
}

async function exportInProcess({ store, tenantId }: Loaded, file: string): Promise<ExportSeen> {
  const child = fork(join(import.meta.dirname, 'support/exportChild.ts'), {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The export ended with ${code}.`);
  });
  child.send({ store, tenantId, file } satisfies ExportAsked);
  const [seen] = await Promise.race([once(child, 'message'), ended]);
  return seen as ExportSeen;
}
