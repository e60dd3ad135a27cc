import assert from 'node:assert/strict';
import { cancelLoad } from '../../../src/commands/cancelLoad.ts';
import { clearFilter } from '../../../src/commands/clearFilter.ts';
import { filterGroups } from '../../../src/commands/filterGroups.ts';
import { loadAll } from '../../../src/commands/loadAll.ts';
import { loadMore } from '../../../src/commands/loadMore.ts';
import { refresh } from '../../../src/commands/refresh.ts';
import { retry } from '../../../src/commands/retry.ts';
import { showAll } from '../../../src/commands/showAll.ts';
import { AppError, cancelled, isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { group, tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a'), tenantRecord('b')]);
  fake.reader.setGroups('a', [group('a', 'g1'), group('a', 'g2')]);
  return fake;
}

describe('refresh', () => {
  it('reloads what each row stands for, each listing once', async () => {
    const fake = deps();
    const rows = [
      { tenantId: 'a' },
      { tenantId: 'a', groupId: 'g1' },
      { tenantId: 'a', groupId: 'g1', memberId: 'm1' },
      { tenantId: 'a', groupId: 'g1', memberId: 'm2' },
    ];
    await run(refresh, fake, rows[0], rows);
    assert.deepEqual(fake.sync.calls, ['groups a!', 'members a g1!']);
  });

  it('takes the selection of the view, else asks for a tenant', async () => {
    const fake = deps('b');
    fake.selected = [{ tenantId: 'a', groupId: 'g2' }];
    await run(refresh, fake);
    fake.selected = [];
    await run(refresh, fake);
    assert.deepEqual(fake.sync.calls, ['members a g2!', 'groups b!']);
  });

  it('ignores message rows in a selection', async () => {
    const fake = deps();
    await run(refresh, fake, { tenantId: 'a', groupId: 'g1' }, [
      { tenantId: 'a', groupId: 'g1' },
      { tenantId: 'b', isNote: true },
    ]);
    assert.deepEqual(fake.sync.calls, ['members a g1!']);
  });

  it('is silent about a stopped load, and not about one that could not run', async () => {
    const fake = deps();
    fake.sync.onLoad = () => Promise.reject(cancelled());
    await run(refresh, fake, { tenantId: 'a' });
    fake.sync.onLoad = () => Promise.reject(new AppError('notFound', 'x'));
    await assert.rejects(run(refresh, fake, { tenantId: 'a' }), (error) => isAppError(error, 'notFound'));
  });

  it('says so when there is no tenant', async () => {
    const fake = createFakeDeps();
    await assert.rejects(run(refresh, fake), (error) => isAppError(error, 'cancelled'));
    assert.equal(fake.ui.informed.length, 1);
  });
});

describe('rows about a listing', () => {
  const note = { tenantId: 'a', groupId: 'g1', isNote: true } as const;

  it('are retried, stopped and paged', async () => {
    const fake = deps();
    await run(retry, fake, note);
    await run(cancelLoad, fake, note);
    await run(loadMore, fake, note);
    await run(showAll, fake, note);
    assert.deepEqual(fake.sync.calls, ['members a g1!', 'cancel members a g1']);
    assert.deepEqual([fake.more, fake.whole], [[note], [note]]);
  });
});

describe('loadAll', () => {
  it('says what the tenant holds when it was read whole', async () => {
    const fake = deps();
    await run(loadAll, fake, { tenantId: 'a', groupId: 'g1' });
    assert.deepEqual(fake.sync.calls, ['all a']);
    assert.deepEqual(fake.ui.informed, ['The tenant was read whole: 2 groups with 0 memberships.']);
  });

  it('asks which tenant, and reads all one after another where that is the answer', async () => {
    const one = deps('b');
    await run(loadAll, one);
    assert.deepEqual(one.sync.calls, ['all b']);
    const all = deps('All tenants');
    await run(loadAll, all);
    assert.deepEqual(all.sync.calls, ['all a', 'all b']);
    assert.deepEqual(all.ui.informed, ['All 2 tenants were read whole.']);
    const half = deps('All tenants');
    half.sync.onLoadAll = async (tenantId) => ({ state: tenantId === 'a' ? 'complete' : 'denied' });
    half.waiting.set('b', '2030-01-01T00:00:00.000Z');
    await run(loadAll, half);
    assert.deepEqual(half.ui.informed, [
      'Read whole: 1 of 2 tenants. The rows of the others say what is missing. Reading goes on by itself.',
    ]);
  });

  it('says what is missing, in words of ours only', async () => {
    const fake = deps();
    fake.reader.memberListings = () => ({
      notLoaded: 0,
      complete: 5,
      partial: 0,
      denied: 2,
      throttled: 1,
      failed: 0,
      rows: 9,
    });
    fake.sync.onLoadAll = async () => ({ state: 'partial', kind: 'forbidden', reason: '[x](command:y)' });
    await run(loadAll, fake, { tenantId: 'a' });
    assert.match(
      fake.ui.informed[0] ?? '',
      /^Not everything could be read\. Lists of members: 5 complete, 2 without permission, 1 throttled\./,
    );
    assert.doesNotMatch(fake.ui.informed[0] ?? '', /goes on by itself/);
    fake.waiting.set('a', '2030-01-01T00:00:00.000Z');
    fake.reader.memberListings = () => ({
      notLoaded: 0,
      complete: 0,
      partial: 0,
      denied: 0,
      throttled: 0,
      failed: 0,
      rows: 0,
    });
    await run(loadAll, fake, { tenantId: 'a' });
    assert.equal(fake.ui.informed[1], 'Not everything could be read. explained: forbidden Reading goes on by itself.');
  });
});

describe('filterGroups', () => {
  it('loads groups that never were, then filters and shows the tenant', async () => {
    const fake = deps('fin');
    await run(filterGroups, fake, { tenantId: 'b' });
    assert.deepEqual(fake.sync.calls, ['groups b']);
    assert.equal(fake.filters.get('b'), 'fin');
    assert.deepEqual(fake.revealed, [{ tenantId: 'b' }]);
  });

  it('proposes the filter that is active, and takes nothing for none', async () => {
    const fake = deps('  ');
    fake.filters.set('a', 'old');
    await run(filterGroups, fake, { tenantId: 'a' });
    assert.equal(fake.ui.shown[0]?.value, 'old');
    assert.equal(fake.filters.has('a'), false);
  });
});

describe('clearFilter', () => {
  it('clears the filter of the row, or the only one that is active', async () => {
    const fake = deps();
    fake.filters.set('a', 'x').set('b', 'y');
    await run(clearFilter, fake, { tenantId: 'a', isNote: true });
    assert.deepEqual([...fake.filters.keys()], ['b']);
    await run(clearFilter, fake);
    assert.equal(fake.filters.size, 0);
    await run(clearFilter, fake);
    assert.equal(fake.ui.informed.length, 1);
  });
});
