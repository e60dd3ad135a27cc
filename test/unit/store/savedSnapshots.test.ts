import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SnapshotChange, SnapshotGap } from '../../../src/core/savedSnapshots.ts';
import type { StoreReader } from '../../../src/core/store.ts';
import {
  contoso,
  contosoGroups,
  group,
  integrity,
  member,
  membersOf,
  type OpenedWriter,
  openReader,
  openWriter,
  storePath,
} from './fixture.ts';

interface Comparison {
  readonly changes: SnapshotChange[];
  readonly gaps: SnapshotGap[];
}

async function compare(reader: StoreReader, before: number, after: number): Promise<Comparison> {
  const all: Comparison = { changes: [], gaps: [] };
  for await (const { changes, gaps } of reader.compareSnapshots(before, after)) {
    all.changes.push(...changes);
    all.gaps.push(...gaps);
  }
  return all;
}

function open(): OpenedWriter & { readonly reader: StoreReader; take(name?: string): number } {
  const path = storePath();
  const opened = openWriter(path);
  opened.writer.addTenant(contoso);
  return {
    ...opened,
    reader: openReader(path),
    take: (name) => opened.writer.takeSnapshot('contoso', name === undefined ? {} : { name }) ?? assert.fail(),
  };
}

const withRight = (id: string, accessRight: string) => member(id, { accessRight });
const told = ({ changes }: Comparison) =>
  changes.map((change) => {
    if (!('member' in change)) return `${change.what} ${change.groupName}`;
    return `${change.what} ${change.groupName} ${change.member.id} ${change.before ?? ''}>${change.after ?? ''}`;
  });

describe('a snapshot', () => {
  it('says when it was taken, of what, and how much was missing', () => {
    const { writer, load, reader, take } = open();
    assert.equal(writer.takeSnapshot('contoso', {}), undefined, 'nothing was loaded');
    load(contosoGroups, { groups: [group('a', { members: [member('m')] }), group('b')] });
    const key = take('Before the audit');
    const [snapshot] = reader.snapshots('contoso');
    assert.ok(snapshot);
    const { at, asOf, ...rest } = snapshot;
    assert.deepEqual(rest, {
      key,
      tenantId: 'contoso',
      name: 'Before the audit',
      isAutomatic: false,
      gaps: 1,
      groups: 2,
      memberships: 1,
    });
    assert.ok(asOf !== undefined && asOf < at);
    writer.takeSnapshot('contoso', { isPassing: true });
    assert.deepEqual(
      reader.snapshots().map((one) => one.key),
      [key],
    );
    assert.throws(() => writer.takeSnapshot('gone', {}), { kind: 'notFound' });
  });

  it('of a tenant in which nothing changed costs a row', () => {
    const { load, sql, take } = open();
    const members = Array.from({ length: 50 }, (_, i) => member(`m${i}`));
    const groups = Array.from({ length: 20 }, (_, i) => group(`g${i}`, { members }));
    load(contosoGroups, { groups });
    take();
    const count = () => sql.get('SELECT (SELECT count(*) FROM past_member) m, (SELECT count(*) FROM past_look) l');
    const before = count();
    load(contosoGroups, { groups });
    for (let i = 0; i < 3; i++) take();
    assert.deepEqual(count(), before);
    assert.deepEqual({ ...(before as object) }, { m: 1000, l: 20 });
  });

  it('goes with what was loaded of its tenant, and with the tenant', () => {
    const { writer, load, sql, reader, take } = open();
    const rows = () =>
      ['snapshot', 'past_group', 'past_look', 'past_member', 'past_gap'].map(
        (table) => sql.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count,
      );
    const fill = () => load(contosoGroups, { groups: [group('a', { members: [member('m')] }), group('b')] });
    fill();
    take();
    assert.deepEqual(rows(), [1, 2, 2, 1, 1]);
    writer.removeRows('contoso');
    assert.deepEqual([rows(), reader.snapshots()], [[0, 0, 0, 0, 0], []]);
    fill();
    take();
    writer.removeTenant('contoso');
    assert.deepEqual(rows(), [0, 0, 0, 0, 0]);
    assert.equal(integrity(sql), 'ok');
  });

  it('is deleted with what is older than what is kept', () => {
    const { writer, load, reader, take } = open();
    load(contosoGroups, { groups: [group('a')] });
    take('old');
    const young = take('young');
    const at = reader.snapshots().find(({ key }) => key === young)?.at ?? '';
    writer.forgetOlderThan(at);
    assert.deepEqual(
      reader.snapshots().map(({ name }) => name),
      ['young'],
    );
  });

  it('keeps who was there, until it is deleted', async () => {
    const { writer, load, sql, reader, take } = open();
    const count = () => sql.get<{ count: number }>('SELECT count(*) AS count FROM principal')?.count;
    load(contosoGroups, { groups: [group('a', { members: [member('gone'), member('stays')] })] });
    const first = take();
    load(contosoGroups, { groups: [group('a', { members: [member('stays')] })] });
    sql.db.exec('DELETE FROM removed');
    const second = take();
    assert.deepEqual(told(await compare(reader, first, second)), ['lost Group a gone >']);
    assert.equal(count(), 2);
    writer.deleteSnapshots([first]);
    assert.equal(count(), 1);
    await assert.rejects(compare(reader, first, second), { kind: 'notFound' });
  });
});

describe('two snapshots', () => {
  it('tell who gained, lost and changed access, and which groups came, went and were renamed', async () => {
    const { load, reader, take } = open();
    const guest = member('guest', { details: { userType: 'Guest' }, email: 'g@x.example', accessRight: 'Viewer' });
    load(contosoGroups, {
      groups: [
        group('a', { members: [withRight('ada', 'Admin'), withRight('bob', 'Viewer')] }),
        group('old', { members: [member('eve')] }),
        group('same', { members: [member('m')] }),
      ],
    });
    const before = take();
    load(contosoGroups, {
      groups: [
        group('a', { name: 'Audit', members: [withRight('ada', 'Member'), guest] }),
        group('new', { members: [member('ned')] }),
        group('same', { members: [member('m', { name: 'Another name' })] }),
      ],
    });
    const after = take();
    const comparison = await compare(reader, before, after);
    assert.deepEqual(told(comparison).sort(), [
      'changed Audit ada Admin>Member',
      'gained Audit guest >Viewer',
      'gained Group new ned >',
      'groupCame Group new',
      'groupRenamed Audit',
      'groupWent Group old',
      'lost Audit bob Viewer>',
      'lost Group old eve >',
    ]);
    assert.deepEqual(comparison.gaps, []);
    const gained = comparison.changes.find((change) => 'member' in change && change.member.id === 'guest');
    assert.deepEqual(gained && 'member' in gained && gained.member, {
      id: 'guest',
      name: 'Name of guest',
      email: 'g@x.example',
      principalType: 'user',
      isGuest: true,
    });
    assert.deepEqual((await compare(reader, before, before)).changes, []);
  });

  it('never show what could not be read as lost or gained', async () => {
    const { writer, page, load, reader, take } = open();
    load(contosoGroups, {
      groups: [group('a', { members: [withRight('ada', 'Admin'), withRight('bob', 'Viewer')] }), group('b')],
    });
    const whole = take();
    const load2 = writer.begin(membersOf('contoso', 'a'));
    page(load2, { members: [withRight('ada', 'Viewer'), withRight('cem', 'Viewer')] });
    writer.end(load2, { error: { kind: 'forbidden', message: 'No.' } });
    writer.forgetOlderThan(reader.completeness(membersOf('contoso', 'a')).asOf ?? '');
    const partial = take();
    load(membersOf('contoso', 'b'), { members: [member('new')] });
    load(membersOf('contoso', 'a'), { members: [withRight('dan', 'Viewer')] });
    const last = take();

    const first = await compare(reader, whole, partial);
    assert.ok(!told(first).some((line) => line.startsWith('lost')), told(first).join());
    assert.ok(told(first).includes('changed Group a ada Admin>Viewer'), told(first).join());
    const gap = first.gaps.find(({ groupId }) => groupId === 'a');
    assert.deepEqual([gap?.before, gap?.after], ['complete', 'partial']);

    const second = await compare(reader, partial, last);
    assert.ok(!told(second).some((line) => line.startsWith('gained')), told(second).join());
    assert.deepEqual(
      second.gaps.map(({ groupName, before, after, unknown }) => [groupName, before, after, unknown]),
      [
        ['Group a', 'partial', 'complete', 1],
        ['Group b', 'notLoaded', 'complete', 1],
      ],
    );
  });

  it('are of one tenant, and both there', async () => {
    const { writer, load, reader, take } = open();
    load(contosoGroups, { groups: [group('a')] });
    const own = take();
    writer.addTenant({ ...contoso, id: 'other' });
    load({ list: 'groups', tenantId: 'other' }, { groups: [group('z')] });
    const other = writer.takeSnapshot('other', {}) ?? assert.fail();
    await assert.rejects(compare(reader, own, other), { kind: 'notFound' });
    await assert.rejects(compare(reader, own, 999), { kind: 'notFound' });
  });

  it('differ by just what turns one into the other, whichever snapshots were deleted', async () => {
    const right = fc.constantFrom('Admin', 'Viewer');
    const state = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.dictionary(fc.constantFrom('x', 'y', 'z'), right, { noNullPrototype: true }),
      {
        minKeys: 1,
        noNullPrototype: true,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(state, { minLength: 2, maxLength: 6 }),
        fc.array(fc.nat(5)),
        async (states, deleted) => {
          const { writer, load, reader, take } = open();
          const taken = states.map((groups) => {
            const rows = Object.entries(groups).map(([id, rights]) =>
              group(id, { members: Object.entries(rights).map(([who, accessRight]) => withRight(who, accessRight)) }),
            );
            load(contosoGroups, { groups: rows });
            for (const [id, rights] of Object.entries(groups))
              if (Object.keys(rights).length === 0) load(membersOf('contoso', id), { members: [] });
            return { key: take(), groups };
          });
          const gone = new Set(deleted.flatMap((at) => taken[at]?.key ?? []));
          for (const key of gone) writer.deleteSnapshots([key]);
          const left = taken.filter(({ key }) => !gone.has(key));
          for (const [at, before] of left.entries())
            for (const after of left.slice(at + 1)) {
              const { changes, gaps } = await compare(reader, before.key, after.key);
              assert.deepEqual(gaps, []);
              assert.deepEqual(applied(before.groups, changes), after.groups);
            }
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

function applied(groups: Groups, changes: readonly SnapshotChange[]): Groups {
  const result: Record<string, Record<string, string>> = structuredClone(groups) as Record<
    string,
    Record<string, string>
  >;
  for (const change of changes) if (change.what === 'groupCame') result[change.groupId] = {};
  for (const change of changes) {
    if (!('member' in change)) continue;
    const own = result[change.groupId];
    assert.ok(own);
    assert.equal(own[change.member.id], change.before);
    if (change.after === undefined) delete own[change.member.id];
    else own[change.member.id] = change.after;
  }
  for (const change of changes) {
    if (change.what !== 'groupWent') continue;
    assert.deepEqual(result[change.groupId], {}, 'who was in a group that went has lost access');
    delete result[change.groupId];
  }
  return result;
}
