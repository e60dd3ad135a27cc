import assert from 'node:assert/strict';
import { lines } from '../contract/lines.ts';
import { plainPowerBI } from '../contract/tenants.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { openWindows, type Windows } from './windows.ts';

const renewed = 'a-renewed-token';

describe('a tenant that is open in two windows', function () {
  this.timeout(180_000);
  let server: FaultServer;
  let windows: Windows;
  before(async () => {
    const checkToken = (token: string) => (token === renewed ? 'accepted' : 'invalid');
    server = await startFaultServer({ tenants: [{ ...plainPowerBI(3, 2), checkToken }] });
    windows = await openWindows();
  });
  after(async () => {
    await windows?.close();
    await server?.close();
  });

  it('is signed out in both when one signs out, and signed in with what is entered in either', async () => {
    const [connection] = server.connections;
    assert.ok(connection);
    // In a browser, a window knows the secrets of the time when it was opened, and its own.
    const one = await windows.open();
    const tenantId = await one.api.addTenant(connection);
    const kept = await one.secretBytes();
    const other = await windows.open();
    assert.equal((await other.api.groups(tenantId)).completeness.state, 'complete');

    const signedOut = other.nextChange((change) => change.tenantId === tenantId);
    await one.api.signOut(tenantId);
    await signedOut;
    assert.ok((await one.secretBytes()) < kept);
    const sent = server.count(lines.anything);
    for (const window of [other, one]) {
      const { items, completeness } = await window.api.groups(tenantId, { refresh: true });
      assert.deepEqual([items.length, completeness.state, completeness.kind], [3, 'failed', 'notSignedIn']);
    }
    assert.equal(server.count(lines.anything), sent);

    const signIn = other.api.signIn(tenantId);
    await other.enter(renewed);
    await signIn;
    const third = await windows.open();
    for (const window of [other, third]) {
      assert.equal((await window.api.groups(tenantId, { refresh: true })).completeness.state, 'complete');
    }
    for (const window of [third, other, one]) await window.close();
  });
});
