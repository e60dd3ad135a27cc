import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import {
  contoso,
  contosoGroups,
  contosoWith,
  directoryOf,
  group,
  groupsOf,
  member,
  membersOf,
  openReader,
} from './fixture.ts';

describe('removing a tenant', () => {
  it('leaves none of its rows, nor their text in the file', () => {
    const { writer, load, sql, path } = contosoWith();
    load(contosoGroups, {
      groups: [group('g', { name: 'Canary group', members: [member('canary', { accessRight: 'Admin' })] })],
    });
    load(membersOf('contoso', 'g'), { members: [member('canary too')] });
    load(directoryOf('contoso'), { members: [member('canary three')] });
    writer.begin(membersOf('contoso', 'g'));
    writer.removeTenant('contoso');
    for (const table of ['tenant', 'grp', 'principal', 'member', 'listing', 'directory', 'word']) {
      assert.deepEqual(sql.all(`SELECT * FROM ${table}`), [], table);
    }
    assert.equal(readFileSync(path).includes('anary'), false);
    assert.equal(statSync(`${path}-wal`).size, 0);
    assert.deepEqual(openReader(path).tenants(), []);
  });

  it('leaves the rows of the others', () => {
    const { writer, load, path } = contosoWith('g');
    load(membersOf('contoso', 'g'), { members: [member('a')] });
    writer.addTenant({ ...contoso, id: 'fabrikam' });
    load(groupsOf('fabrikam'), { groups: [group('g', { members: [member('a')] })] });
    writer.removeTenant('fabrikam');
    const reader = openReader(path);
    assert.equal(reader.member('contoso', 'g', 'a')?.name, 'Name of a');
    assert.equal(reader.tenant('fabrikam'), undefined);
  });

  it('that is not there changes nothing', () => {
    const { writer, path } = contosoWith();
    const reader = openReader(path);
    assert.equal(reader.tenants().length, 1);
    writer.removeTenant('x');
    assert.deepEqual(reader.takeChanges(), []);
  });

  it('does not let a remembered principal come back under another', () => {
    const { writer, load, path } = contosoWith('g');
    load(membersOf('contoso', 'g'), { members: [member('a')] });
    writer.removeTenant('contoso');
    writer.addTenant(contoso);
    load(contosoGroups, { groups: [group('g', { members: [member('b'), member('a')] })] });
    assert.equal(openReader(path).member('contoso', 'g', 'a')?.name, 'Name of a');
  });
});

describe('members that are gone', () => {
  it('leave no principal behind, once they are not remembered any more', () => {
    const { writer, load, sql } = contosoWith('g', 'h');
    load(membersOf('contoso', 'g'), { members: [member('a'), member('b')] });
    load(membersOf('contoso', 'h'), { members: [member('b')] });
    const principals = (): unknown[] =>
      sql.all<{ id: string }>('SELECT id FROM principal ORDER BY id').map(({ id }) => id);
    load(membersOf('contoso', 'g'), { members: [member('c')] });
    assert.deepEqual(principals(), ['a', 'b', 'c']);
    load(membersOf('contoso', 'g'), { members: [member('c', { name: 'Renamed' })] });
    assert.deepEqual(principals(), ['a', 'b', 'c']);
    load(contosoGroups, { groups: [group('g', { members: [] }), group('h')] });
    sql.run('DELETE FROM removed');
    writer.forgetOlderThan('2000-01-01T00:00:00.000Z');
    assert.deepEqual(principals(), ['b']);
  });
});

describe('the size of the store', () => {
  it('stays under 150 bytes a membership', function () {
    this.timeout(20_000);
    const { load, sql, path } = contosoWith();
    const sizeNow = () => {
      sql.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return statSync(path).size;
    };
    const empty = sizeNow();
    const rights = ['Admin', 'Contributor', 'Member', 'Viewer'];
    const guid = (n: number): string =>
      `${n.toString(16).padStart(8, '0')}-1111-4222-8333-${(n * 7919).toString(16).padStart(12, '0')}`;
    const person = (n: number, accessRight: string) => {
      const email = `person.number.${n}@contoso.example`;
      const name = `Person Number ${n}`;
      const details = {
        emailAddress: email,
        groupUserAccessRight: accessRight,
        displayName: name,
        identifier: email,
        graphId: guid(n),
        principalType: 'User',
        userType: 'Member',
      };
      return member(email, { name, email, accessRight, details });
    };
    const groups = Array.from({ length: 1000 }, (_, g) => {
      const members = Array.from({ length: 20 }, (_, m) => person((g * 131 + m * 97) % 2000, rights[m % 4] ?? ''));
      const details = { id: guid(g), name: `Workspace ${g}`, type: 'Workspace', state: 'Active', capacityId: guid(1) };
      return group(guid(g), { name: details.name, details, members });
    });
    load(contosoGroups, { groups });
    assert.equal(sql.get<{ count: number }>('SELECT count(*) AS count FROM principal')?.count, 2000);
    const each = (sizeNow() - empty) / 20_000;
    assert.ok(each < 150, `${each} bytes a membership`);
  });
});
