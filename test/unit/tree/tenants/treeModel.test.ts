import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.ts';
import type { Row } from '../../../../src/tree/row.ts';
import { comesTrue } from '../../../support/comesTrue.ts';
import { asOf, group, member, tenantRecord } from '../../../support/fakeReader.ts';
import { createFakeTree, textOf } from '../../../support/fakeTree.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => group('t', `g${index}`, { name: `Workspace ${index}` }));

function tree(options: { readonly pageSize?: number } = {}) {
  const fake = createFakeTree(options);
  fake.reader.setTenants([tenantRecord('t', { name: 'Contoso' })]);
  return { ...fake, tenant: fake.model.roots()[0] as Row };
}

describe('the tree', () => {
  it('shows tenants, groups and members', async () => {
    const { reader, sync, tenant, show } = tree();
    reader.setGroups('t', many(11));
    reader.setMembers('t', 'g2', [member('ana', { name: 'Ana', accessRight: 'Admin' })]);
    assert.equal(textOf(tenant), 'Contoso | 11 groups · 5 min ago');
    const groups = (await tenant.children?.()) ?? [];
    assert.deepEqual(groups.map(textOf).slice(1, 3), ['Workspace 1', 'Workspace 2 | 1 member']);
    assert.equal(groups.map(textOf).at(-1), 'Workspace 10');
    const [ana] = (await groups[2]?.children?.()) ?? [];
    assert.deepEqual([ana?.id, ana?.tenantId, ana?.groupId, ana?.memberId], ['t/g2/ana', 't', 'g2', 'ana']);
    assert.deepEqual(await show(groups[2] as Row), ['Ana | Admin']);
    assert.deepEqual(sync.calls, []);
  });

  it('loads a listing when it is first opened, once', async () => {
    const { reader, sync, tenant, show } = tree();
    sync.onLoad = async () => reader.setGroups('t', many(1));
    assert.deepEqual(await show(tenant), ['Workspace 0']);
    assert.deepEqual(await show(tenant), ['Workspace 0']);
    assert.deepEqual(sync.calls, ['groups t']);
  });

  it('keeps rows the same objects, with the newest data', async () => {
    const { reader, tenant } = tree();
    reader.setGroups('t', many(2));
    const before = await tenant.children?.();
    reader.setGroups('t', [group('t', 'g1', { name: 'Renamed' }), group('t', 'g2')]);
    const after = await tenant.children?.();
    assert.equal(
      after?.find(({ groupId }) => groupId === 'g1'),
      before?.[1],
    );
    assert.equal(before?.[1]?.look().label, 'Renamed');
    assert.equal(before?.[1]?.parent, tenant);
  });

  it('says that a long load runs, how far it is, and shows the rows when it ends', async () => {
    const { reader, sync, tenant, show, fired, busy } = tree();
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    assert.deepEqual(await show(tenant), ['Loading…']);
    fired.length = 0;
    sync.progress({ list: 'groups', tenantId: 't' }, 15_000);
    await comesTrue(() => fired.length > 0);
    assert.deepEqual(fired, ['loading:t']);
    assert.deepEqual(await show(tenant), ['Loading… 15,000 so far']);
    assert.match(((await tenant.children?.()) ?? [])[0]?.look().context ?? '', /^note loading/);
    reader.setGroups('t', many(2));
    resolve();
    await comesTrue(() => fired.at(-1) === 't');
    assert.deepEqual(await show(tenant), ['Workspace 0', 'Workspace 1']);
    assert.deepEqual([busy[0], busy.at(-1)], [true, false]);
  });

  it('shows what is held below the note while it is read again', async () => {
    const { reader, sync, tenant, show, fired } = tree();
    reader.setGroups('t', many(1));
    await show(tenant);
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    const load = sync.load({ list: 'groups', tenantId: 't' }, { refresh: true });
    await comesTrue(() => fired.length > 0);
    assert.deepEqual(fired, ['t']);
    assert.deepEqual(await show(tenant), ['Loading… 1 so far', 'Workspace 0']);
    resolve();
    await load;
    assert.deepEqual(await show(tenant), ['Workspace 0']);
  });

  it('says that a load was stopped, and does not begin it again by itself', async () => {
    const { sync, tenant, show } = tree();
    sync.onLoad = () => new Promise(() => undefined);
    await show(tenant);
    sync.cancel('t', { list: 'groups', tenantId: 't' });
    await comesTrue(async () => (await show(tenant))[0] === 'Loading was stopped');
    const [note] = (await tenant.children?.()) ?? [];
    assert.deepEqual([note?.look().click?.command, note?.isNote, note?.tenantId], ['tenantExplorer.retry', true, 't']);
    assert.deepEqual(
      sync.calls.filter((call) => call.startsWith('groups')),
      ['groups t'],
    );
  });

  it('does not fetch again what was deleted', async () => {
    const { reader, sync, tenant, show } = tree();
    reader.setGroups('t', many(1), { state: 'complete', count: 1, asOf });
    assert.deepEqual(await show(tenant), ['Workspace 0']);
    reader.setGroups('t', [], { state: 'notLoaded' });
    assert.deepEqual(await show(tenant), ['Not loaded']);
    assert.deepEqual(sync.calls, []);
  });

  it("says what failed above what is held, with the service's words made safe", async () => {
    const { reader, tenant } = tree();
    reader.setGroups('t', many(1), { state: 'failed', kind: 'notSignedIn', count: 1, asOf, reason: 'Expired\u202e' });
    const rows = (await tenant.children?.()) ?? [];
    assert.deepEqual(rows.map(textOf), ['what notSignedIn | advice notSignedIn · Expired‹U+202E›', 'Workspace 0']);
    assert.match(rows[0]?.look().context ?? '', /\bretry\b/);
    assert.equal((await rows[0]?.facts?.())?.at(-1)?.value, 'Expired‹U+202E›');
  });

  for (const [state, kind, icon, label] of [
    ['denied', 'forbidden', 'error', 'what forbidden'],
    ['failed', 'offline', 'error', 'what offline'],
    ['partial', 'badResponse', 'warning', 'Incomplete. what badResponse'],
    ['throttled', 'throttled', 'warning', 'what throttled'],
  ] as const) {
    it(`never shows a listing that is ${state} as an empty one`, async () => {
      const { reader, tenant } = tree();
      reader.setGroups('t', [], { state, kind, count: 0 });
      const rows = (await tenant.children?.()) ?? [];
      assert.deepEqual(
        rows.map((row) => [row.look().label, row.look().icon]),
        [[label, icon]],
      );
    });
  }

  it('says until when a throttled service asks to wait', async () => {
    const { reader, tenant, show } = tree();
    reader.setGroups('t', [], { state: 'throttled', kind: 'throttled', retryAt: asOf });
    assert.match((await show(tenant))[0] ?? '', /^The service asks to wait until .*\d:\d\d/);
  });

  it('says that a load could not even begin, without beginning it over and over', async () => {
    const { sync, tenant, show } = tree();
    sync.onLoad = () => Promise.reject(new AppError('notFound', 'Gone.'));
    assert.deepEqual(await show(tenant), ['what notFound | advice notFound · Gone.']);
    await show(tenant);
    assert.equal(sync.calls.length, 1);
  });

  it('says that there is nothing only when that is certain', async () => {
    const { reader, tenant, show } = tree();
    reader.setGroups('t', []);
    assert.deepEqual(await show(tenant), ['No groups']);
    reader.setGroups('t', many(1));
    reader.setMembers('t', 'g0', []);
    const [first] = (await tenant.children?.()) ?? [];
    assert.deepEqual(await show(first as Row), ['No members']);
  });
});

describe('pages', () => {
  it('are shown one after another, or all at once', async () => {
    const { reader, model, tenant, show } = tree({ pageSize: 50 });
    reader.setGroups('t', many(1234));
    assert.equal((await show(tenant)).at(-1), 'Load more | 50 of 1,234 shown');
    model.showMore({ tenantId: 't' });
    assert.equal((await show(tenant)).at(-1), 'Load more | 100 of 1,234 shown');
    model.showAll({ tenantId: 't' });
    const all = await show(tenant);
    assert.deepEqual([all.length, all.at(-1)], [1234, 'Workspace 1233']);
  });

  it('are opened up to a row that is to be shown', async () => {
    const { reader, model, tenant, show, fired } = tree({ pageSize: 50 });
    reader.setGroups('t', many(200));
    reader.setMembers(
      't',
      'g120',
      Array.from({ length: 70 }, (_, index) => member(`m${index}`)),
    );
    const row = model.find({ tenantId: 't', groupId: 'g120', memberId: 'm69' });
    assert.equal(row?.id, 't/g120/m69');
    assert.equal(row?.parent?.parent, tenant);
    assert.ok(fired.includes('t'));
    assert.equal(
      (await tenant.children?.())?.find(({ groupId }) => groupId === 'g120'),
      row?.parent,
    );
    assert.equal((await show(tenant)).length, 151);
    assert.equal(model.find({ tenantId: 't', groupId: 'none' }), undefined);
  });
});

describe('a filter', () => {
  it('is visible, and counts what matches', async () => {
    const { reader, model, tenant, show } = tree({ pageSize: 50 });
    reader.setGroups('t', many(200));
    model.setFilter('t', 'pace 19');
    const rows = await show(tenant);
    assert.deepEqual([rows[0], rows.length], ['Filter: “pace 19” | 11 of 200 groups', 12]);
    assert.match(textOf(tenant), /filter “pace 19”/);
    assert.match(tenant.look().context, /\bfiltered\b/);
    model.setFilter('t', undefined);
    assert.doesNotMatch(tenant.look().context, /\bfiltered\b/);
  });

  it('goes when it hides a row that is to be shown', async () => {
    const { reader, model } = tree();
    reader.setGroups('t', many(20));
    model.setFilter('t', 'nothing');
    assert.ok(model.find({ tenantId: 't', groupId: 'g3' }));
    assert.equal(model.filter('t'), undefined);
  });
});

describe('changes in the store', () => {
  it('render the row concerned again, once', async () => {
    const { reader, model, tenant, fired } = tree();
    reader.setGroups('t', many(3));
    await tenant.children?.();
    reader.setMembers('t', 'g1', [member('m')]);
    model.onStoreChange({ tenantId: 't', groupId: 'g1' });
    await comesTrue(() => fired.length > 0);
    model.onStoreChange({ tenantId: 't', groupId: 'g1' });
    model.onStoreChange({ tenantId: 't', groupId: 'never shown' });
    // Told after those, so they came to nothing when it is told.
    reader.setMembers('t', 'g2', [member('m')]);
    model.onStoreChange({ tenantId: 't', groupId: 'g2' });
    await comesTrue(() => fired.length > 1);
    assert.deepEqual(fired, ['t/g1', 't/g2']);
  });

  it('render everything again when tenants come or go', async () => {
    const { reader, model, fired } = tree();
    reader.setTenants([tenantRecord('t'), tenantRecord('u')]);
    model.onStoreChange({ tenantId: 'u' });
    await comesTrue(() => fired.length > 0);
    assert.deepEqual(fired, ['*']);
  });

  it('that nobody told of yet are rendered before a row is revealed', () => {
    const { reader, model, fired } = tree();
    reader.setTenants([tenantRecord('t'), tenantRecord('u')]);
    assert.equal(model.find({ tenantId: 'u' })?.id, 'u');
    assert.deepEqual(fired, ['*']);
  });

  it('of many rows at once render their parent', async () => {
    const { reader, model, tenant, fired } = tree();
    reader.setGroups('t', many(500));
    await tenant.children?.();
    for (let index = 0; index < 500; index += 1) {
      reader.setMembers('t', `g${index}`, [member('m')]);
      model.onStoreChange({ tenantId: 't', groupId: `g${index}` });
    }
    await comesTrue(() => fired.length > 0);
    assert.deepEqual(fired, ['t']);
  });

  it("show a group's members as soon as they were loaded by whomever", async () => {
    const { reader, sync, tenant, fired } = tree();
    reader.setGroups('t', many(1));
    await tenant.children?.();
    sync.onLoad = async () => reader.setMembers('t', 'g0', [member('m')]);
    await sync.load({ list: 'members', tenantId: 't', groupId: 'g0' });
    await comesTrue(() => fired.length > 0);
    assert.deepEqual(fired, ['t/g0']);
  });
});

describe('menus', () => {
  it('get flags instead of names of providers', async () => {
    const { reader, tenant, model } = tree();
    reader.setGroups('t', many(1));
    reader.setMembers('t', 'g0', [member('m', { email: 'm@x.com' })]);
    const [first] = (await tenant.children?.()) ?? [];
    const [person] = (await first?.children?.()) ?? [];
    assert.equal(tenant.look().context, 'tenant own unfiltered portal readOnly');
    assert.equal(first?.look().context, 'group portal readOnly');
    assert.equal(person?.look().context, 'member email portal readOnly');
    assert.doesNotMatch(tenant.look().description ?? '', /changes allowed/);

    reader.setTenants([tenantRecord('t', { allowsChanges: true })]);
    model.onStoreChange({ tenantId: 't' });
    assert.equal(tenant.look().context, 'tenant own unfiltered portal changeable addMember');
    assert.equal(first?.look().context, 'group portal changeable addMember');
    assert.equal(person?.look().context, 'member email portal changeable addMember');
    assert.match(tenant.look().description ?? '', /^changes allowed/);
  });
});
