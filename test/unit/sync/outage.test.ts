import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger.ts';
import type { WholeTenants } from '../../../src/core/wholeTenants.ts';
import { createWholeTenants } from '../../../src/sync/wholeTenants.ts';
import { lines } from '../../contract/lines.ts';
import { plainPowerBI } from '../../contract/tenants.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { reset, status, throttle } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';

const groups = 120;
/** After so many of it the tenant's circuit stays broken for a while. */
const cut = reset();
const signal = new AbortController().signal;

describe('a whole tenant that a bad day interrupts', () => {
  let core: Core;
  let server: FaultServer;
  let tenantId: string;

  beforeEach(async () => {
    core = startCore({ pause: quickPause });
    server = await startFaultServer({ tenants: [plainPowerBI(groups)] });
    const [connection] = server.connections;
    assert.ok(connection);
    tenantId = await core.api.addTenant(connection);
  });
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  function openWholeTenants(offlineWait: number): WholeTenants {
    const { sync, store } = core;
    return createWholeTenants({
      sync,
      reader: store.reader,
      hasUngrouped: () => false,
      log: silentLogger,
      onFailed: assert.fail,
      offlineWait,
    });
  }

  for (const what of ['groups', 'members'] as const) {
    it(`waits and goes on by itself when its ${what} cannot be reached`, async () => {
      // Timers count only while something else keeps the process alive.
      const alive = setInterval(() => undefined, 1000);
      // Of one group alone: after an outage of many the tenant's circuit stays broken for a while.
      const last = what === 'members' ? (await core.api.groups(tenantId)).items.at(-1)?.id : undefined;
      server.add({ match: last ? new RegExp(`/${last}/users`) : lines.groups, fault: reset() });
      const wholeTenants = openWholeTenants(50);
      const waits: boolean[] = [];
      const isWhole = Promise.withResolvers<void>();
      wholeTenants.onDidChange(() => {
        const isWaiting = wholeTenants.waitsUntil(tenantId) !== undefined;
        assert.equal(wholeTenants.isOffline(tenantId), isWaiting);
        waits.push(isWaiting);
        if (waits.length === 1) server.heal();
      });
      core.store.onDidChange(() => {
        if (core.store.reader.memberListings(tenantId).complete === groups) isWhole.resolve();
      });
      await wholeTenants.load(tenantId, signal);
      await isWhole.promise;
      clearInterval(alive);
      assert.equal(wholeTenants.waitsUntil(tenantId), undefined);
      assert.deepEqual(waits, [true, false]);
      wholeTenants.dispose();
    });
  }

  it('does not make every listing a failure of its own', async () => {
    server.add({ match: lines.members, fault: reset(), from: 20 });
    const wholeTenants = openWholeTenants(3_600_000);
    await wholeTenants.load(tenantId, signal);
    const { complete, failed, notLoaded, offline } = core.store.reader.memberListings(tenantId);
    assert.equal(complete + failed + notLoaded, groups);
    assert.ok(failed <= 60 && notLoaded >= 40, `${failed} failed, ${notLoaded} not loaded`);
    assert.equal(offline, failed);
    wholeTenants.dispose();
  });

  for (const [fault, state] of [
    [throttle(3600), 'throttled'],
    [status(403), 'failed'],
    [cut, 'failed'],
  ] as const) {
    it(`resolves when nothing runs any more, and counts every listing once, ${state} ones too`, async () => {
      server.add({ match: lines.members, fault, from: 11 });
      const { reason = '', ...told } = await core.api.loadAll(tenantId);
      assert.equal(core.sync.isLoadingAll(tenantId), false);
      const held = core.store.reader.memberListings(tenantId);
      assert.deepEqual([told.state, told.count], ['partial', held.complete]);
      const counts = [...reason.matchAll(/(\d+) (not loaded|throttled|failed)/g)];
      const counted = Object.fromEntries(counts.map(([, count, what]) => [what, Number(count)]));
      assert.deepEqual(counted, { 'not loaded': held.notLoaded, [state]: held[state] });
      assert.equal(held.complete + held.notLoaded + held[state], groups);
      assert.equal(told.retryAt !== undefined, state === 'throttled');
      if (fault === cut) return;
      const sent = server.count(lines.anything);
      server.heal();
      assert.equal((await core.api.loadAll(tenantId)).state, 'complete');
      assert.equal(server.count(lines.anything) - sent, groups - held.complete);
    });
  }
});
