import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { plainPowerBI } from '../contract/tenants.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { openWindows, type Windows } from './windows.ts';

describe('a window that keeps nothing on disk', function () {
  this.timeout(120_000);
  let server: FaultServer;
  let windows: Windows;
  before(async () => {
    server = await startFaultServer({ tenants: [plainPowerBI(3, 2)] });
    windows = await openWindows({ 'tenantExplorer.keepNothingOnDisk': true });
  });
  after(async () => {
    await windows?.close();
    await server?.close();
  });

  it('leaves no token behind when it ends hard, and its rows until the next window', async () => {
    const temporaryStores = () => readdirSync(windows.temporaryFolder).filter((name) => /^tenant-explorer-/.test(name));
    const first = await windows.open();
    const [connection] = server.connections;
    assert.ok(connection);
    const tenantId = await first.api.addTenant(connection);
    assert.equal((await first.api.loadAll(tenantId)).state, 'complete');
    assert.equal(await first.secretBytes(), 0);
    const [left = ''] = temporaryStores();
    await first.kill();
    assert.deepEqual(temporaryStores(), [left]);

    const next = await windows.open();
    assert.deepEqual(await next.api.tenants(), []);
    await next.openTree();
    assert.ok(!temporaryStores().includes(left));
    assert.equal(await next.secretBytes(), 0);
    await next.api.addTenant(connection);
    await next.close();
    assert.deepEqual(temporaryStores(), []);
    assert.ok(!existsSync(windows.storePath));
  });
});
