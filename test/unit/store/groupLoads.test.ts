import assert from 'node:assert/strict';
import { contosoGroups, contosoWith, firstPage, group, member, membersOf, openReader } from './fixture.ts';

describe('a load of groups', () => {
  const members = membersOf('contoso', 'g');
  const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

  it('brings the members that come along, in the same transaction', () => {
    const { load, path } = contosoWith();
    load(contosoGroups, { groups: [group('g', { members: [member('b'), member('a')] }), group('h')] });
    const reader = openReader(path);
    assert.deepEqual(ids(reader.membersAsSent('contoso', 'g', firstPage)), ['b', 'a']);
    assert.equal(reader.group('contoso', 'g')?.members.state, 'complete');
    assert.deepEqual(reader.group('contoso', 'h')?.members, { state: 'notLoaded' });
  });

  it('keeps the order of many members, and tells apart those with one id', () => {
    const { load, path } = contosoWith();
    const sent = Array.from({ length: 70 }, (_, index) => member(index === 69 ? 'm3' : `m${index}`, { name: 'Equal' }));
    load(contosoGroups, { groups: [group('g', { members: sent })] });
    const wanted = [...sent.slice(0, 69).map(({ id }) => id), 'm3~2'];
    assert.deepEqual(ids(openReader(path).membersAsSent('contoso', 'g', firstPage)), wanted);
  });

  it('replaces the members that it brings, and leaves the others as they are', () => {
    const { load, path } = contosoWith('g', 'h');
    load(members, { members: [member('a'), member('b')] });
    load(membersOf('contoso', 'h'), { members: [member('a')] });
    load(contosoGroups, { groups: [group('g', { members: [member('b'), member('c')] }), group('h')] });
    const reader = openReader(path);
    assert.deepEqual(ids(reader.membersAsSent('contoso', 'g', firstPage)), ['b', 'c']);
    assert.deepEqual(ids(reader.membersAsSent('contoso', 'h', firstPage)), ['a']);
    assert.equal(reader.group('contoso', 'g')?.members.count, 2);
  });

  it('keeps the members held where some that came could not be read', () => {
    const { load, path } = contosoWith('g');
    load(members, { members: [member('a'), member('b')] });
    load(contosoGroups, { groups: [group('g', { members: [member('b')], malformedMembers: 1 })] });
    const reader = openReader(path);
    assert.deepEqual(ids(reader.membersAsSent('contoso', 'g', firstPage)), ['b', 'a']);
    const { state, kind, count } = reader.completeness(members);
    assert.deepEqual({ state, kind, count }, { state: 'partial', kind: 'badResponse', count: 2 });
  });

  it('changes rights that changed, and keeps what is the same', () => {
    const { load, path } = contosoWith();
    const right = (accessRight: string) => ({ groups: [group('g', { members: [member('a', { accessRight })] })] });
    for (const accessRight of ['Viewer', 'Viewer', 'Admin']) {
      load(contosoGroups, right(accessRight));
      assert.equal(openReader(path).member('contoso', 'g', 'a')?.accessRight, accessRight);
    }
  });

  it('drops groups that vanished, with their members, only when it is complete', () => {
    const { load, writer, page, path, sql } = contosoWith('g', 'h');
    load(members, { members: [member('a')] });
    const id = writer.begin(contosoGroups);
    page(id, { groups: [group('h')] });
    writer.end(id, { error: { kind: 'unavailable', message: 'Busy.' } });
    const reader = openReader(path);
    assert.deepEqual(ids(reader.groupsAsSent('contoso', firstPage)), ['h', 'g']);
    load(contosoGroups, { groups: [group('h')] });
    assert.deepEqual(ids(reader.groupsAsSent('contoso', firstPage)), ['h']);
    assert.deepEqual(sql.all('SELECT * FROM member'), []);
    assert.deepEqual(sql.all('SELECT * FROM principal'), []);
    assert.deepEqual(sql.all('SELECT * FROM listing WHERE grp > 0'), []);
  });

  it('renames a group without losing its members', () => {
    const { load, path } = contosoWith('g');
    load(members, { members: [member('a')] });
    load(contosoGroups, { groups: [group('g', { name: 'Renamed' })] });
    const found = openReader(path).group('contoso', 'g');
    assert.deepEqual([found?.name, found?.members.count], ['Renamed', 1]);
  });

  it('tells equal ids apart, and keeps the original', () => {
    const { load, path } = contosoWith();
    load(contosoGroups, { groups: [group('g', { name: 'One' }), group('g', { name: 'Two' })] });
    const reader = openReader(path);
    assert.deepEqual(
      reader.groupsAsSent('contoso', firstPage).map(({ id, name, details }) => [id, name, details.id]),
      [
        ['g', 'One', 'g'],
        ['g~2', 'Two', 'g'],
      ],
    );
    assert.equal(reader.countGroups('contoso', 'G'), 2);
  });

  it('gives another group that takes over an id members of its own', () => {
    const { load, writer, page, path } = contosoWith();
    load(contosoGroups, { groups: [group('g'), group('g', { name: 'Second' })] });
    load(membersOf('contoso', 'g~2'), { members: [member('a')] });
    const id = writer.begin(contosoGroups);
    page(id, { groups: [group('g~2')] });
    assert.deepEqual(openReader(path).group('contoso', 'g~2')?.members, { state: 'notLoaded' });
  });

  it('reports a page of many groups as one change', () => {
    const { load, sql } = contosoWith();
    load(contosoGroups, { groups: Array.from({ length: 50 }, (_, i) => group(`g${i}`, { members: [member('a')] })) });
    const changes = sql.all<{ grp: string | null }>('SELECT grp FROM change');
    assert.ok(changes.length < 5);
    assert.ok(changes.every(({ grp }) => grp === null));
  });
});
