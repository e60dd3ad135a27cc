import assert from 'node:assert/strict';
import type { Row } from '../../../../src/tree/row.ts';
import { asOf, group, member, tenantRecord } from '../../../support/fakeReader.ts';
import { createFakeTree, textOf } from '../../../support/fakeTree.ts';

const admins = { name: 'Admin', filter: { rights: ['Admin'] } };

async function tree(options: { readonly pageSize?: number } = {}) {
  const fake = createFakeTree(options);
  fake.reader.setTenants([tenantRecord('t')]);
  fake.reader.setGroups('t', [group('t', 'g'), group('t', 'h')]);
  fake.reader.setMembers('t', 'g', [
    member('ana', { accessRight: 'Admin' }),
    member('bob', { accessRight: 'Viewer' }),
    member('cleo', { accessRight: 'Admin', details: { userType: 'Guest' } }),
  ]);
  const tenant = fake.model.roots()[0] as Row;
  const rows = async () => ((await tenant.children?.()) ?? []) as Row[];
  return { ...fake, rows, first: (await rows())[0] as Row };
}

describe('filtered members in the tree', () => {
  it('are those that are meant, below a row that says so and takes the filter away', async () => {
    const { model, show, first, nextFire, fired } = await tree();
    fired.length = 0;
    const heard = nextFire();
    model.setMemberFilter('t', 'g', admins);
    await heard;
    assert.deepEqual(fired, ['t/g']);
    assert.equal(textOf(first), 'g | filter “Admin” · 3 members');
    assert.match(first.look().context, /^group filtered\b/);
    assert.deepEqual(await show(first), ['Filter: “Admin” | 2 of 3 members', 'ana | Admin', 'cleo | Admin · Guest']);
    const [note] = (await first.children?.()) ?? [];
    assert.deepEqual([note?.look().click?.command, note?.groupId], ['tenantExplorer.clearFilter', 'g']);
    assert.deepEqual(model.filtered(), [{ tenantId: 't', groupId: 'g' }]);
    model.setMemberFilter('t', 'g', undefined);
    assert.deepEqual([(await show(first)).length, textOf(first)], [3, 'g | 3 members']);
    assert.deepEqual(model.filtered(), []);
  });

  it('are counted over all pages', async () => {
    const { model, show, first } = await tree({ pageSize: 1 });
    model.setMemberFilter('t', 'g', admins);
    assert.deepEqual(await show(first), [
      'Filter: “Admin” | 2 of 3 members',
      'ana | Admin',
      'Load more | 1 of 2 shown',
    ]);
  });

  it('say that the filter hides them all, also of a list that is not complete', async () => {
    const { model, reader, show, first } = await tree();
    model.setMemberFilter('t', 'g', { name: 'Robots', filter: { principalTypes: ['robot'] } });
    const hidden = ['Filter: “Robots” | 0 of 3 members', 'No member matches the filter'];
    assert.deepEqual(await show(first), hidden);
    const listing = { list: 'members', tenantId: 't', groupId: 'g' } as const;
    reader.setCompleteness(listing, { state: 'partial', kind: 'offline', count: 3, asOf });
    assert.deepEqual(await show(first), [hidden[0], 'Incomplete. what offline | advice offline', hidden[1]]);
    // Nothing is hidden where nothing is held.
    reader.setMembers('t', 'g', [], { state: 'denied', kind: 'forbidden', count: 0 });
    assert.deepEqual(await show(first), ['Filter: “Robots” | 0 of 0 members', 'what forbidden | advice forbidden']);
  });

  it('stay filtered while their group is not shown', async () => {
    const { model, rows, show } = await tree();
    model.setMemberFilter('t', 'g', admins);
    model.setFilter('t', 'h');
    assert.deepEqual((await rows()).slice(1).map(textOf), ['h']);
    model.setFilter('t', undefined);
    const [again] = await rows();
    assert.deepEqual((await show(again as Row)).length, 3);
  });

  it('are all shown again when one who is hidden is looked for', async () => {
    const { model, show, first } = await tree();
    model.setMemberFilter('t', 'g', admins);
    assert.equal(model.find({ tenantId: 't', groupId: 'g', memberId: 'ana' })?.memberId, 'ana');
    assert.ok(model.memberFilter('t', 'g'));
    assert.equal(model.find({ tenantId: 't', groupId: 'g', memberId: 'bob' })?.memberId, 'bob');
    assert.equal(model.memberFilter('t', 'g'), undefined);
    assert.equal((await show(first)).length, 3);
  });
});

describe('filtered members of a large group in the tree', () => {
  const many = (admins: number) =>
    Array.from({ length: 500 }, (_, index) =>
      member(`m${index}`, { accessRight: index % 100 < admins ? 'Admin' : 'Viewer' }),
    );

  /** A large group whose reading stands still behind each slice until it is let go. */
  async function large() {
    const fake = await tree({ pageSize: 4 });
    fake.reader.setMembers('t', 'g', many(2));
    let slices = 0;
    let gate = Promise.withResolvers<void>();
    fake.reader.kept.slice = () => {
      slices += 1;
      return gate.promise;
    };
    const letGo = () => gate.resolve();
    const hold = () => {
      gate = Promise.withResolvers();
      slices = 0;
    };
    fake.model.setMemberFilter('t', 'g', admins);
    return { ...fake, letGo, hold, slices: () => slices };
  }

  const counting = ['Filter: “Admin” | counting…'];
  const found = [
    'Filter: “Admin” | 10 of 500 members',
    ...['m0', 'm1', 'm100', 'm101'].map((id) => `${id} | Admin`),
    'Load more | 4 of 10 shown',
  ];

  it('are there at once where patience is long enough', async () => {
    const { first, show, letGo } = await large();
    letGo();
    assert.deepEqual((await show(first)).length, found.length);
  });

  it('are being counted until all are read, and then shown by themselves', async () => {
    const { model, first, show, letGo, nextFire, fired } = await large();
    assert.deepEqual(await show(first), counting);
    fired.length = 0;
    const heard = nextFire();
    letGo();
    await heard;
    assert.deepEqual(fired, ['t/g']);
    assert.deepEqual(await show(first), found);
    model.showMore({ tenantId: 't', groupId: 'g' });
    assert.equal((await show(first)).at(-1), 'Load more | 8 of 10 shown');
    assert.equal(model.find({ tenantId: 't', groupId: 'g', memberId: 'm401' })?.memberId, 'm401');
    model.dispose();
  });

  it('say that none matches only when all are read', async () => {
    const { model, reader, first, show, letGo, nextFire } = await large();
    reader.setMembers('t', 'g', many(0));
    assert.deepEqual(await show(first), counting);
    const heard = nextFire();
    letGo();
    await heard;
    assert.deepEqual(await show(first), ['Filter: “Admin” | 0 of 500 members', 'No member matches the filter']);
    model.dispose();
  });

  it('are not read on with another filter, or without the row', async () => {
    const { model, first, show, letGo, hold, slices } = await large();
    await show(first);
    model.setMemberFilter('t', 'g', undefined);
    letGo();
    assert.equal((await show(first)).length, 5);
    assert.equal(slices(), 1);
    hold();
    model.setMemberFilter('t', 'g', admins);
    assert.deepEqual(await show(first), counting);
    model.dispose();
    letGo();
    await new Promise(setImmediate);
    assert.equal(slices(), 1);
  });

  it('are read anew when the group was loaded anew, not while it loads', async () => {
    const { model, reader, sync, first, show, letGo, hold, slices } = await large();
    letGo();
    await show(first);
    hold();
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    const load = sync.load({ list: 'members', tenantId: 't', groupId: 'g' }, { refresh: true });
    reader.setMembers('t', 'g', many(1), { state: 'complete', count: 500, asOf: '2026-03-01T12:01:00.000Z' });
    await show(first);
    assert.equal(slices(), 0);
    letGo();
    resolve();
    await load;
    assert.equal((await show(first))[0], 'Filter: “Admin” | 5 of 500 members');
    model.dispose();
  });

  it('that cannot be read fail aloud, and are read again when they are asked for again', async () => {
    const { model, reader, first, show, letGo } = await large();
    reader.kept.slice = () => Promise.reject(new Error('disk'));
    await assert.rejects(show(first), /disk/);
    delete reader.kept.slice;
    letGo();
    assert.equal((await show(first))[0], found[0]);
    model.dispose();
  });
});

describe('pinned groups in the tree', () => {
  it('come first and look it, and come when another window pins them', async () => {
    const { model, reader, rows, nextFire, fired } = await tree();
    model.onStoreChange({ tenantId: 't' });
    reader.pins.add('h');
    fired.length = 0;
    const heard = nextFire();
    model.onStoreChange({ tenantId: 't' });
    await heard;
    assert.deepEqual(fired, ['t']);
    const looks = (await rows()).map((row) => row.look());
    assert.deepEqual(
      looks.map(({ label, icon, context }) => [label, icon, /\bpinned\b/.test(context)]),
      [
        ['h', 'pinned', true],
        ['g', 'briefcase', false],
      ],
    );
    assert.match(looks[0]?.spoken ?? '', /^h, workspace, pinned/);
  });
});
