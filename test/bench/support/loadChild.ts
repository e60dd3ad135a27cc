/**
 * Reads a tenant whole, as the extension host would, in a process whose main thread does nothing else. Started by
 * `loadInProcess` with --expose-gc.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxConnection } from '../../../src/sandbox/connections.ts';
import { startCore } from '../../support/core.ts';
import type { Loaded } from './loadInProcess.ts';
import { watchThread } from './watchThread.ts';

process.once('message', (connection: SandboxConnection) => {
  void load(connection).then((loaded) => process.send?.(loaded, () => process.exit()));
});

async function load(connection: SandboxConnection): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-load-'));
  try {
    const core = startCore({ folder });
    const tenantId = await core.api.addTenant(connection);
    // The extension host has long loaded its `fetch`; Node does so at the first call.
    await fetch(new URL('/', connection.endpoint)).then((reply) => reply.arrayBuffer());
    const watch = await watchThread();
    const start = performance.now();
    const { state, count: rows = 0 } = await core.api.loadAll(tenantId);
    const took = performance.now() - start;
    const seen = watch.stop();
    if (state !== 'complete') throw new Error(`loadAll came to ${state}.`);
    // Closing the last connection writes the log into the file and removes it.
    await core.close();
    return { ...seen, rows, took, bytes: statSync(join(folder, 'tenants.sqlite')).size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
