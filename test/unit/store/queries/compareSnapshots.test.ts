import assert from 'node:assert/strict';
import type { SnapshotChange, SnapshotGap } from '../../../../src/core/savedSnapshots.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import {
  contoso,
  contosoGroups,
  group,
  groupsOf,
  member,
  type OpenedWriter,
  openReader,
  openWriter,
  storePath,
} from '../fixture.ts';

function open(): OpenedWriter & { readonly reader: StoreReader; take(tenantId?: string): number } {
  const path = storePath();
  const opened = openWriter(path);
  opened.writer.addTenant(contoso);
  opened.writer.addTenant({ ...contoso, id: 'other', name: 'Other' });
  const take = (tenantId = 'contoso') => opened.writer.takeSnapshot(tenantId, {}) ?? assert.fail();
  return { ...opened, reader: openReader(path), take };
}

async function compare(reader: StoreReader, before: number, after: number) {
  const changes: SnapshotChange[] = [];
  const gaps: SnapshotGap[] = [];
  for await (const slice of reader.compareSnapshots(before, after)) {
    changes.push(...slice.changes);
    gaps.push(...slice.gaps);
  }
  return { changes, gaps, told: changes.map(tell) };
}

function tell(change: SnapshotChange): string {
  return 'member' in change
    ? `${change.what} ${change.groupId} ${change.member.id}`
    : `${change.what} ${change.groupId}`;
}

const withMember = (id: string, who: string) => group(id, { members: [member(who)] });

describe('a comparison of snapshots', () => {
  it("tells one tenant's changes, however the groups and snapshots of two come in turn", async () => {
    const { load, reader, take } = open();
    load(contosoGroups, { groups: [withMember('a1', 'ada')] });
    const before = take();
    load(groupsOf('other'), { groups: [withMember('b1', 'bob')] });
    take('other');
    load(contosoGroups, { groups: [withMember('a1', 'ada'), withMember('a2', 'ann')] });
    load(groupsOf('other'), { groups: [withMember('b1', 'ben'), withMember('b2', 'bea')] });
    take('other');
    const after = take();
    const { told, gaps } = await compare(reader, before, after);
    assert.deepEqual([told, gaps], [['groupCame a2', 'gained a2 ann'], []]);
  });

  it('tells nothing certain of groups that a list of groups did not show', async () => {
    const { writer, page, load, sql, reader, take } = open();
    load(contosoGroups, { groups: [withMember('a', 'ada')] });
    const few = take();
    sql.db.exec("UPDATE listing SET state = 'partial' WHERE grp = 0");
    const unsure = take();
    load(contosoGroups, { groups: [withMember('a', 'bob'), withMember('b', 'ben')] });
    const all = take();

    const came = await compare(reader, unsure, all);
    assert.deepEqual(came.told.sort(), ['gained a bob', 'lost a ada']);
    assert.deepEqual(came.gaps, [{ before: 'partial', after: 'complete', unknown: 1 }]);
    assert.ok((await compare(reader, few, all)).told.includes('gained b ben'));

    const load2 = writer.begin(contosoGroups);
    page(load2, { groups: [withMember('a', 'bob')] });
    writer.end(load2, { error: { kind: 'unavailable', message: 'Later.' } });
    sql.db.exec("DELETE FROM grp WHERE id = 'b'");
    const went = await compare(reader, all, take());
    assert.deepEqual(went.told, []);
    assert.deepEqual(went.gaps, [{ before: 'complete', after: 'partial', unknown: 1 }]);
  });

  it('tells nothing certain of groups when the list was asked for with something else', async () => {
    const { writer, load, reader, take } = open();
    load(contosoGroups, { groups: [withMember('a', 'ada'), withMember('p', 'pia')] });
    const all = take();
    const connection = { ...contoso.connection, scope: 'admin', workspaces: { leaveOut: ['personal'] } } as const;
    writer.updateTenant('contoso', { connection, forgetsGroups: true });
    load(contosoGroups, { groups: [withMember('a', 'bob'), withMember('n', 'ned')] });
    const chosen = take();
    const comparison = await compare(reader, all, chosen);
    assert.deepEqual(comparison.told.sort(), ['gained a bob', 'lost a ada']);
    assert.deepEqual(comparison.gaps, [{ before: 'complete', after: 'complete', isOtherList: true, unknown: 2 }]);
    load(contosoGroups, { groups: [withMember('a', 'bob')] });
    assert.deepEqual((await compare(reader, chosen, take())).told.sort(), ['groupWent n', 'lost n ned']);
  });

  it('minds whose list it was only where accounts see different ones, and once it was asked for', async () => {
    const { writer, load, reader, take } = open();
    const signIn = (accountId: string) => writer.setSession('contoso', { isSignedOut: false, accountId });
    const gapsWith = async (scope: 'member' | 'admin') => {
      writer.updateTenant('contoso', { connection: { ...contoso.connection, scope } });
      signIn('ada');
      load(contosoGroups, { groups: [withMember('a', 'ada')] });
      const before = take();
      signIn('bob');
      const notYet = take();
      load(contosoGroups, { groups: [] });
      const after = take();
      return [(await compare(reader, before, notYet)).gaps.length, (await compare(reader, before, after)).gaps.length];
    };
    assert.deepEqual(
      [await gapsWith('member'), await gapsWith('admin')],
      [
        [0, 1],
        [0, 0],
      ],
    );
  });

  for (const gone of ['before', 'after'] as const)
    it(`fails rather than tell something wrong when the one ${gone} is deleted meanwhile`, async () => {
      const { writer, load, reader, take } = open();
      load(contosoGroups, { groups: [withMember('a', 'ada')] });
      const keys = { before: take(), after: 0 };
      load(contosoGroups, { groups: [withMember('a', 'bob')] });
      keys.after = take();
      const slices = reader.compareSnapshots(keys.before, keys.after)[Symbol.asyncIterator]();
      assert.ok(!(await slices.next()).done);
      writer.deleteSnapshots([keys[gone]]);
      await assert.rejects(slices.next(), { kind: 'conflict' });
    });

  it('is not disturbed by another that begins meanwhile', async () => {
    const { writer, load, reader, take } = open();
    load(contosoGroups, { groups: [withMember('a', 'ada')] });
    const before = take();
    load(contosoGroups, { groups: [withMember('a', 'bob')] });
    const passing = () => writer.takeSnapshot('contoso', { isPassing: true }) ?? assert.fail();
    const own = passing();
    passing();
    take();
    assert.deepEqual((await compare(reader, before, own)).told.sort(), ['gained a bob', 'lost a ada']);
  });

  it('reads a group in which very many changed in parts, each change once', async () => {
    const { load, reader, take } = open();
    const people = (from: number, to: number, accessRight: string) =>
      Array.from({ length: to - from }, (_, i) => member(`m${`${from + i}`.padStart(5, '0')}`, { accessRight }));
    load(contosoGroups, { groups: [group('a', { members: people(0, 4000, 'Viewer') })] });
    const before = take();
    load(contosoGroups, { groups: [group('a', { members: people(500, 4500, 'Viewer') })] });
    take();
    load(contosoGroups, { groups: [group('a', { members: people(1000, 5000, 'Admin') })] });
    const after = take();
    const { changes, told } = await compare(reader, before, after);
    const count = (what: string) => changes.filter((change) => change.what === what).length;
    assert.deepEqual([count('lost'), count('gained'), count('changed')], [1000, 1000, 3000]);
    assert.deepEqual([told[0], told[4999]], ['lost a m00000', 'gained a m04999']);
  });
});

describe('a comparison of many groups that change over and over', () => {
  const right = (version: number, group: number, seat: number) => `Right ${(version * (group + seat)) % 3}`;
  /** Everybody's name differs each time, and so does the right of two in three; one in ten comes and goes. */
  const world = (version: number) =>
    Array.from({ length: 60 }, (_, at) =>
      group(`g${at}`, {
        members: Array.from({ length: at === 30 ? 700 : 20 }, (_seat, seat) =>
          member(`m${seat}`, { name: `Name ${version}`, accessRight: right(version, at, seat) }),
        ).filter((_member, seat) => (at + seat + version) % 10 !== 0),
      }),
    );
  const granted = (version: number) =>
    new Map<string, string | undefined>(
      world(version).flatMap(({ id, members = [] }) =>
        members.map((one) => [`${id} ${one.id}`, one.accessRight] as const),
      ),
    );

  it('is whole, and tells no one twice', async () => {
    const { load, reader, take } = open();
    const keys = [0, 1, 2].map((version) => {
      load(contosoGroups, { groups: world(version) });
      return take();
    });
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const) {
      const rights = granted(from);
      const { changes, gaps } = await compare(reader, keys[from] ?? 0, keys[to] ?? 0);
      for (const change of changes) {
        if (!('member' in change)) throw new Error(`There is a ${change.what}.`);
        const place = `${change.groupId} ${change.member.id}`;
        assert.equal(rights.get(place), change.before);
        assert.equal(change.member.name, `Name ${change.what === 'lost' ? from : to}`);
        if (change.what === 'lost') rights.delete(place);
        else rights.set(place, change.after);
      }
      assert.deepEqual(new Map([...rights].sort()), new Map([...granted(to)].sort()));
      assert.equal(new Set(changes.map(tell)).size, changes.length);
      assert.deepEqual(gaps, []);
    }
  });
});

describe('a snapshot that is kept', () => {
  it('keeps nobody else who is to be forgotten', () => {
    const { writer, load, sql, reader, take } = open();
    const ids = () => sql.all<{ id: string }>('SELECT id FROM principal ORDER BY id').map(({ id }) => id);
    load(contosoGroups, { groups: [group('a', { members: [member('before')] })] });
    take();
    load(contosoGroups, { groups: [group('a', { members: [member('between')] })] });
    load(contosoGroups, { groups: [group('a', { members: [member('after')] })] });
    assert.deepEqual(ids(), ['after', 'before', 'between']);
    take();
    sql.db.exec('DELETE FROM removed');
    writer.forgetOlderThan(reader.snapshots().at(-1)?.at ?? '');
    assert.deepEqual(ids(), ['after', 'before']);
  });
});
