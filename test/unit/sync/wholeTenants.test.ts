import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { Completeness } from '../../../src/core/model.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import { createWholeTenants } from '../../../src/sync/wholeTenants.ts';
import { createFakeReader } from '../../support/fakeReader.ts';
import { createFakeSync } from '../../support/fakeSync.ts';

const signal = new AbortController().signal;

/** Whole-tenant loads that come to what the test says, one after the other. */
function openLoads(...results: (Completeness | Error)[]) {
  const reader = createFakeReader();
  const sync = createFakeSync(reader);
  let loads = 0;
  const again = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  const failures: unknown[] = [];
  sync.onLoadAll = async () => {
    loads += 1;
    if (loads === 2) again.resolve();
    const result = results.shift() ?? { state: 'complete' };
    if (result instanceof Error) throw result;
    return result;
  };
  const wholeTenants = createWholeTenants({
    sync,
    reader,
    hasUngrouped: (tenantId) => tenantId === 'robots',
    log: silentLogger,
    onFailed: (error) => {
      failures.push(error);
      failed.resolve();
    },
  });
  const changes: string[] = [];
  wholeTenants.onDidChange((tenantId) => changes.push(tenantId));
  return {
    wholeTenants,
    sync,
    reader,
    changes,
    again: again.promise,
    failed: failed.promise,
    failures,
    loads: () => loads,
  };
}

const soon = () => new Date(Date.now() + 20).toISOString();

describe('whole-tenant loads of a person', () => {
  it('tell once when what goes on by itself cannot, and try no more', async () => {
    const alive = setInterval(() => undefined, 1000);
    const full = new AppError('unavailable', 'The disk is full.', { storeFault: 'full' });
    const { wholeTenants, failed, failures } = openLoads({ state: 'partial', retryAt: soon() }, full);
    await wholeTenants.load('t', signal);
    await failed;
    assert.deepEqual(failures, [full]);
    assert.equal(wholeTenants.waitsUntil('t'), undefined);
    clearInterval(alive);
  });

  it('go on by themselves when the wait that the service asked for is over', async () => {
    // Timers count only while something else keeps the process alive.
    const alive = setInterval(() => undefined, 1000);
    const { wholeTenants, again, changes } = openLoads({ state: 'partial', retryAt: soon() });
    const { state } = await wholeTenants.load('t', signal);
    assert.equal(state, 'partial');
    assert.ok(wholeTenants.waitsUntil('t') && !wholeTenants.isOffline('t'));
    await again;
    clearInterval(alive);
    assert.equal(wholeTenants.waitsUntil('t'), undefined);
    assert.deepEqual(changes, ['t', 't']);
  });

  it('are tried again when the service could not be reached', async () => {
    const { wholeTenants } = openLoads({ state: 'failed', kind: 'offline' });
    await wholeTenants.load('t', signal);
    assert.ok(Date.parse(wholeTenants.waitsUntil('t') ?? '') > Date.now());
    assert.ok(wholeTenants.isOffline('t'));
    wholeTenants.dispose();
  });

  it('read who is in no group, too, once all else is read, and wait for that', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { wholeTenants, sync, reader } = openLoads(
      { state: 'throttled', retryAt: later },
      { state: 'complete', count: 7 },
    );
    await wholeTenants.load('robots', signal);
    assert.deepEqual(sync.calls, ['all robots']);
    const listing = { list: 'members', tenantId: 'robots', groupId: noGroupId } as const;
    sync.onLoad = async () => reader.setCompleteness(listing, { state: 'throttled', retryAt: later });
    assert.deepEqual(await wholeTenants.load('robots', signal), { state: 'complete', count: 7 });
    assert.deepEqual(sync.calls, ['all robots', 'all robots', 'members robots !']);
    assert.ok(wholeTenants.waitsUntil('robots'));
    sync.onLoad = async () => reader.setCompleteness(listing, { state: 'complete' });
    for (let load = 0; load < 2; load++) await wholeTenants.load('robots', signal);
    assert.deepEqual(sync.calls.slice(3), ['all robots', 'members robots !', 'all robots']);
    assert.equal(wholeTenants.waitsUntil('robots'), undefined);
  });

  it('wait for nothing when they are complete, or when waiting does not help', async () => {
    const { wholeTenants } = openLoads(
      { state: 'complete' },
      { state: 'partial' },
      { state: 'denied', kind: 'forbidden' },
    );
    for (let load = 0; load < 3; load++) {
      await wholeTenants.load('t', signal);
      assert.equal(wholeTenants.waitsUntil('t'), undefined);
    }
  });

  it('wait no more when they are stopped, or started again', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { wholeTenants, sync, loads } = openLoads(
      { state: 'throttled', retryAt: later },
      { state: 'throttled', retryAt: later },
    );
    await wholeTenants.load('t', signal);
    wholeTenants.cancel('t');
    assert.equal(wholeTenants.waitsUntil('t'), undefined);
    assert.ok(sync.calls.includes('cancel t'));
    await wholeTenants.load('t', signal);
    await wholeTenants.load('t', signal);
    assert.equal(wholeTenants.waitsUntil('t'), undefined);
    assert.equal(loads(), 3);
  });

  it('wait once, and can be stopped, when they were started twice', async () => {
    const alive = setInterval(() => undefined, 1000);
    const { wholeTenants, sync } = openLoads();
    const loaded: string[] = [];
    const otherWentOn = Promise.withResolvers<void>();
    sync.onLoadAll = async (tenantId) => {
      loaded.push(tenantId);
      if (loaded.filter((one) => one === 'other').length === 2) otherWentOn.resolve();
      return { state: 'partial', retryAt: soon() };
    };
    await Promise.all([wholeTenants.load('t', signal), wholeTenants.load('t', signal)]);
    wholeTenants.cancel('t');
    assert.equal(wholeTenants.waitsUntil('t'), undefined);
    // Begun later, so it goes on later than the stopped one would.
    await wholeTenants.load('other', signal);
    await otherWentOn.promise;
    clearInterval(alive);
    wholeTenants.dispose();
    assert.deepEqual(loaded, ['t', 't', 'other', 'other']);
  });
});
