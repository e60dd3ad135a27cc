/** A tenant read whole by the admin route, and its pages written, against bare inserts of the same rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageRequest } from '../../src/core/provider/provider.ts';
import { powerbi } from '../../src/providers/powerbi/index.ts';
import { startCore } from '../support/core.ts';
import { insertBare } from './support/bareInserts.ts';
import { atLeastTimesAsFast, atMost, type Bench, count, milliseconds } from './support/report.ts';
import { interleaved, timed } from './support/rounds.ts';
import { onlyConnection, type Server, startServer } from './support/server.ts';

const rounds = 5;
const tenant = { provider: 'powerbi', scope: 'admin', groups: 12_000, membersPerGroup: 20 } as const;
const measure = `${count(tenant.groups)} groups × ${tenant.membersPerGroup} members`;

export const bench: Bench = {
  name: 'admin',
  run: async () => {
    const server = await startServer({ tenants: [tenant] });
    try {
      await load(server);
      const { requests } = await server.take();
      const pages = await Promise.all(requests.map((line) => fetchPage(server, line)));
      const { ours, baseline } = await interleaved(rounds, {
        ours: () => ingest(server, pages),
        baseline: () => insert(pages),
      });
      return [
        atMost(4, { measure: `requests: admin scope, ${measure}`, ours: requests.length, format: count }),
        atLeastTimesAsFast(0.5, {
          measure: `pages decoded and written: ${measure}`,
          than: 'JSON.parse and bare prepared inserts, one index',
          ...{ ours, baseline, format: milliseconds },
        }),
      ];
    } finally {
      await server.stop();
    }
  },
};

async function load(server: Server): Promise<void> {
  const core = startCore();
  try {
    const { state } = await core.api.loadAll(await core.api.addTenant(onlyConnection(server)));
    if (state !== 'complete') throw new Error(`loadAll came to ${state}.`);
  } finally {
    await core.close();
  }
}

interface Page {
  readonly line: string;
  readonly bytes: Uint8Array;
}

async function fetchPage(server: Server, line: string): Promise<Page> {
  const headers = { authorization: `Bearer ${onlyConnection(server).auth.accessToken}` };
  const reply = await fetch(new URL(line.slice('GET '.length), server.origin), { headers });
  return { line, bytes: new Uint8Array(await reply.arrayBuffer()) };
}

/** The same pages through the store's own writer: handed to the worker, decoded, mapped, written. */
async function ingest(server: Server, pages: readonly Page[]): Promise<number> {
  const core = startCore();
  try {
    const tenantId = await core.api.addTenant(onlyConnection(server));
    const record = core.store.reader.tenant(tenantId);
    if (record === undefined) throw new Error('The tenant is not there.');
    // Given away when they are written.
    const copies = pages.map(({ bytes }) => bytes.slice());
    const { writer } = core.store;
    return await timed(async () => {
      const load = await writer.begin({ list: 'groups', tenantId });
      let request: PageRequest | undefined = powerbi.requests.groups(record.connection);
      for (const bytes of copies) {
        if (request === undefined) throw new Error('There are more pages than are asked for.');
        request = (await writer.page(load, powerbi.id, request, bytes)).next;
      }
      const { state, count: rows } = await writer.end(load, {});
      if (state !== 'complete' || rows !== tenant.groups)
        throw new Error(`The load came to ${state} with ${rows} rows.`);
    });
  } finally {
    await core.close();
  }
}

async function insert(pages: readonly Page[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bare-'));
  try {
    return insertBare(
      join(folder, 'bare.sqlite'),
      pages.map(({ bytes }) => bytes),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
