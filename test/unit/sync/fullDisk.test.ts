import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/core/errors.ts';
import { lines } from '../../contract/lines.ts';
import { plainPowerBI } from '../../contract/tenants.ts';
import { startCore } from '../../support/core.ts';
import { startFaultServer } from '../../support/faultServer.ts';
import { json } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';
import { afterTest } from '../store/fixture.ts';
import { mountSmallDisk, type SmallDisk } from '../store/smallDisk.ts';

const groups = 80;

/** Rows that fill a disk soon. */
const wide = json((body) => {
  const { value, ...rest } = body as { value: readonly object[] };
  return { ...rest, value: value.map((row) => ({ ...row, note: 'x'.repeat(10_000) })) };
});

async function open(disk: SmallDisk) {
  const server = await startFaultServer({
    tenants: [plainPowerBI(groups, 5)],
    rules: [{ match: lines.members, fault: wide }],
  });
  const core = startCore({ folder: join(disk.folder, 'store'), pause: quickPause });
  afterTest(async () => {
    await core.close();
    await server.close();
  });
  const [connection] = server.connections;
  assert.ok(connection);
  return { server, core, tenantId: await core.api.addTenant(connection) };
}

const isTold = (error: unknown): boolean =>
  isAppError(error, 'unavailable') && /disk is full: make room/.test((error as Error).message);

describe('a whole tenant on a disk that fills up', () => {
  it('ends at once with words that say so, asks no more, and goes on when there is room', async function () {
    this.timeout(30_000);
    const disk = mountSmallDisk(24);
    if (!disk) this.skip();
    const { server, core, tenantId } = await open(disk);
    await core.api.groups(tenantId);
    const filler = join(disk.folder, 'filler');
    writeFileSync(filler, Buffer.alloc(22 << 20));

    await assert.rejects(core.api.loadAll(tenantId), isTold);
    const sent = server.count(lines.members);
    assert.ok(sent < groups, `all ${sent} requests were sent`);
    const { items, completeness } = await core.api.groups(tenantId);
    assert.deepEqual([items.length, completeness.state], [groups, 'complete']);
    await assert.rejects(core.api.loadAll(tenantId), isTold);
    assert.ok(server.count(lines.members) <= sent + 16, 'went on asking');

    rmSync(filler);
    const { state, count } = await core.api.loadAll(tenantId);
    assert.deepEqual([state, count], ['complete', groups * 5]);
    assert.ok(server.count(lines.members) < sent + 16 + groups, 'what was held was asked for again');
    assert.deepEqual(core.errors, []);
  });
});
