import assert from 'node:assert/strict';
import { lines } from '../contract/lines.ts';
import { plainPowerBI } from '../contract/tenants.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { openWindows, otherProfile, type Windows } from './windows.ts';

describe('another profile of VS Code', function () {
  this.timeout(120_000);
  let server: FaultServer;
  let windows: Windows;
  before(async () => {
    server = await startFaultServer({ tenants: [plainPowerBI(3, 2)] });
    windows = await openWindows();
  });
  after(async () => {
    await windows?.close();
    await server?.close();
  });

  it('has the same tenants, with their rows and tokens, and leaves none behind', async () => {
    const first = await windows.open();
    const [connection] = server.connections;
    assert.ok(connection);
    const tenantId = await first.api.addTenant(connection);
    const kept = await first.secretBytes();
    await first.api.loadAll(tenantId);
    const groups = await first.api.groups(tenantId);
    const sent = server.count(lines.anything);

    const other = await windows.open(otherProfile);
    assert.deepEqual(await other.api.tenants(), await first.api.tenants());
    assert.deepEqual(await other.api.groups(tenantId), groups);
    assert.equal(server.count(lines.anything), sent);
    assert.equal((await other.api.groups(tenantId, { refresh: true })).completeness.state, 'complete');

    const gone = first.nextChange((change) => change.tenantId === tenantId);
    await other.api.removeTenant(tenantId);
    await gone;
    assert.deepEqual(await first.api.tenants(), []);
    assert.ok((await other.secretBytes()) < kept);
    await other.close();
    await first.close();
  });
});
