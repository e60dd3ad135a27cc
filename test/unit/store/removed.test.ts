import assert from 'node:assert/strict';
import type { RemovedRow } from '../../../src/core/store.ts';
import { accessOf, contosoGroups, contosoWith, firstPage, group, member, membersOf, openReader } from './fixture.ts';

describe('what vanished', () => {
  const members = membersOf('contoso', 'g');
  const removed = (path: string, page = firstPage): readonly RemovedRow[] => openReader(path).removed('contoso', page);
  const names = (rows: readonly RemovedRow[]): unknown[] => rows.map(({ groupId, member: m }) => [groupId, m?.id]);

  it('from a group is remembered with its right and its details, newest first', async () => {
    const { load, path } = contosoWith('g');
    const ada = member('ada', { accessRight: 'Admin', email: 'ada@contoso.example', details: { role: 'Admin', x: 1 } });
    load(members, { members: [ada, member('bob'), member('cem')] });
    const before = openReader(path).member('contoso', 'g', 'ada');
    const first = load(members, { members: [member('bob'), member('cem')] });
    const second = load(members, { members: [member('cem')] });
    assert.deepEqual(removed(path), [
      { at: second.asOf, groupId: 'g', groupName: 'Group g', member: { ...member('bob'), details: { id: 'bob' } } },
      { at: first.asOf, groupId: 'g', groupName: 'Group g', member: before },
    ]);
    assert.deepEqual(names(removed(path, { offset: 1, limit: 1 })), [['g', 'ada']]);
    assert.deepEqual(await accessOf(openReader(path), 'ada'), []);
  });

  it('is remembered when members come along with their groups, too', () => {
    const { load, path } = contosoWith();
    const twins = [member('b', { accessRight: 'Admin' }), member('b', { accessRight: 'Viewer' })];
    load(contosoGroups, { groups: [group('g', { members: [member('a'), ...twins] })] });
    load(contosoGroups, { groups: [group('g', { members: [member('b', { name: 'Renamed' })] })] });
    assert.deepEqual(names(removed(path)).sort(), [
      ['g', 'a'],
      ['g', 'b~2'],
    ]);
  });

  it('as a group is remembered as one, without its members', () => {
    const { load, path } = contosoWith('g', 'h');
    load(members, { members: [member('a')] });
    load(contosoGroups, { groups: [group('h')] });
    const [row, ...others] = removed(path);
    assert.deepEqual([row?.groupId, row?.groupName, row?.member, others], ['g', 'Group g', undefined, []]);
  });

  it('is nothing where a member was only changed, or a load was not complete', () => {
    const { load, writer, page, path, sql } = contosoWith('g');
    load(members, { members: [member('a', { accessRight: 'Viewer' }), member('b')] });
    load(members, { members: [member('a', { accessRight: 'Admin', name: 'Renamed' }), member('b')] });
    load(members, { members: [member('a')], malformed: 1 });
    const id = writer.begin(members);
    page(id, { members: [member('a')] });
    writer.end(id, { error: { kind: 'offline', message: 'No network.' } });
    assert.deepEqual(removed(path), []);
    assert.deepEqual(sql.all('SELECT * FROM removed'), []);
  });

  it('may come back, and is simply there again', async () => {
    const { load, path } = contosoWith('g');
    for (const ids of [['a', 'b'], ['b'], ['a', 'b']]) load(members, { members: ids.map((id) => member(id)) });
    const reader = openReader(path);
    assert.equal(reader.member('contoso', 'g', 'a')?.name, 'Name of a');
    assert.equal((await accessOf(reader, 'a')).length, 2);
    assert.deepEqual(names(removed(path)), [['g', 'a']]);
  });

  it('is forgotten with its tenant', () => {
    const { load, writer, path, sql } = contosoWith('g');
    load(members, { members: [member('a')] });
    load(members, {});
    assert.equal(removed(path).length, 1);
    writer.removeTenant('contoso');
    assert.deepEqual(removed(path), []);
    assert.deepEqual(sql.all('SELECT * FROM principal'), []);
  });
});
