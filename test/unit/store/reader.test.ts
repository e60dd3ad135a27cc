import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { countGroups } from '../../../src/store/queries/groups.ts';
import { countListings, toSummary } from '../../../src/store/queries/listings.ts';
import { memberListingSlices } from '../../../src/store/queries/memberListingSlices.ts';
import {
  accessOf,
  allRows,
  contoso,
  contosoGroups,
  contosoWith,
  firstPage,
  group,
  groupsOf,
  member,
  membersOf,
  openReader,
  openWriter,
  storePath,
} from './fixture.ts';

describe('the reader', () => {
  const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

  it('finds nothing before there is a store, and all of it then', () => {
    const path = storePath();
    const reader = openReader(path);
    assert.deepEqual(reader.tenants(), []);
    assert.equal(reader.status(), 'missing');
    assert.equal(reader.tenant('contoso'), undefined);
    assert.deepEqual(reader.completeness(contosoGroups), { state: 'notLoaded' });
    assert.deepEqual(reader.takeChanges(), []);
    const { writer } = openWriter(path);
    writer.addTenant(contoso);
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
    assert.deepEqual(reader.tenants(), [contoso]);
    assert.equal(reader.status(), 'ready');
  });

  it('reads tenants as they were kept', () => {
    const { writer, path } = contosoWith();
    const { account: _, ...fabrikam } = { ...contoso, id: 'fabrikam', isSample: true };
    writer.addTenant(fabrikam);
    writer.updateTenant('contoso', {
      name: 'Contoso Ltd',
      connection: { ...contoso.connection, endpoint: 'https://x.example' },
    });
    writer.setSession('fabrikam', { isSignedOut: false, account: 'bob@fabrikam.example', accountId: 'bob' });
    const reader = openReader(path);
    assert.deepEqual(reader.tenants(), [
      { ...contoso, name: 'Contoso Ltd', connection: { ...contoso.connection, endpoint: 'https://x.example' } },
      { ...fabrikam, account: 'bob@fabrikam.example', accountId: 'bob' },
    ]);
    assert.deepEqual(reader.tenant('fabrikam')?.isSample, true);
  });

  it('remembers agreed hosts', () => {
    const { writer, path } = contosoWith();
    const reader = openReader(path);
    assert.equal(reader.hasAgreedToHost('host.example'), false);
    writer.agreeToHost('host.example');
    writer.agreeToHost('host.example');
    assert.equal(reader.hasAgreedToHost('host.example'), true);
  });

  it('sorts groups and members naturally, page by page', () => {
    const { load, path } = contosoWith();
    const names = ['Workspace 10', 'workspace 2', 'Ärzte', 'Zebra', '東京', 'azure', 'Workspace 1', 'Work'];
    const sorted = ['Ärzte', 'azure', 'Work', 'Workspace 1', 'workspace 2', 'Workspace 10', 'Zebra', '東京'];
    load(contosoGroups, { groups: names.map((name, i) => group(`${i}`, { name })) });
    load(membersOf('contoso', '0'), { members: names.map((name, i) => member(`${i}`, { name })) });
    const reader = openReader(path);
    const namesOf = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name);
    for (const read of [
      (offset: number, limit: number) => namesOf(reader.groups('contoso', { offset, limit })),
      (offset: number, limit: number) => namesOf(reader.members('contoso', '0', { offset, limit })),
    ]) {
      assert.deepEqual(read(0, 100), sorted);
      assert.deepEqual(
        [0, 3, 6].flatMap((offset) => read(offset, 3)),
        sorted,
      );
    }
    assert.deepEqual(
      reader.groupsAsSent('contoso', allRows).map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      reader.membersAsSent('contoso', '0', { offset: 2, limit: 2 }).map(({ name }) => name),
      ['Ärzte', 'Zebra'],
    );
  });

  it('filters groups by part of the folded name, or the whole id', () => {
    const { load, path } = contosoWith();
    load(contosoGroups, {
      groups: [group('AB-1', { name: 'Café 100%' }), group('ab-2', { name: 'Cafe_x' }), group('c', { name: 'Tea' })],
    });
    const reader = openReader(path);
    const filtered = (filter: string): string[] => ids(reader.groups('contoso', { ...firstPage, filter }));
    for (const [filter, expected] of [
      ['CAFÉ', ['AB-1', 'ab-2']],
      ['%', ['AB-1']],
      ['_', ['ab-2']],
      ['AB-2', ['ab-2']],
      ['ab', []],
      [' tea ', ['c']],
      ['', ['AB-1', 'ab-2', 'c']],
    ] as const) {
      assert.deepEqual(filtered(filter), expected, filter);
      assert.equal(reader.countGroups('contoso', filter), expected.length);
    }
  });

  it('finds memberships in every tenant', async () => {
    const { writer, load, path } = contosoWith('g', 'h');
    writer.addTenant({ ...contoso, id: 'fabrikam' });
    load(groupsOf('fabrikam'), { groups: [group('f', { members: [member('7', { name: 'Zoé Müller' })] })] });
    const zoe = member('ZM', { name: 'zoe m', email: 'zoe.muller@contoso.example', accessRight: 'Admin' });
    load(membersOf('contoso', 'g'), { members: [zoe, member('none', { name: 'Zoe None', accessRight: 'None' })] });
    load(membersOf('contoso', 'h'), { members: [{ ...zoe, accessRight: 'Viewer' }, member('other')] });
    const reader = openReader(path);
    const found = async (query: string) =>
      (await accessOf(reader, query)).map(({ tenantId, groupId, member: { accessRight } }) => [
        tenantId,
        groupId,
        accessRight,
      ]);
    const all = [
      ['fabrikam', 'f', undefined],
      ['contoso', 'g', 'Admin'],
      ['contoso', 'h', 'Viewer'],
    ];
    assert.deepEqual(await found('MÜLLER'), all);
    assert.deepEqual(await found('zoe'), all);
    assert.deepEqual(await found('zm'), all.slice(1));
    assert.deepEqual(await found('z%m'), []);
    assert.deepEqual(await found('  '), []);
  });

  it("counts the members' listings by state", async () => {
    const { writer, load, path, sql } = contosoWith('a', 'b', 'c', 'd', 'e');
    const oldest = load(membersOf('contoso', 'a'), { members: [member('x'), member('y')] });
    load(membersOf('contoso', 'b'), { members: [member('x')], malformed: 1 });
    assert.ok(oldest.asOf);
    const fail = (id: string, error: NonNullable<Parameters<typeof writer.end>[1]['error']>) =>
      writer.end(writer.begin(membersOf('contoso', id)), { error });
    fail('c', { kind: 'throttled', message: 'Wait.', retryAt: '2031-01-01T00:00:00.000Z' });
    fail('d', { kind: 'forbidden', message: 'No.' });
    writer.begin(membersOf('contoso', 'e'));
    const reader = openReader(path);
    const counted = reader.memberListings('contoso');
    assert.deepEqual(counted, {
      notLoaded: 1,
      complete: 1,
      partial: 1,
      denied: 1,
      throttled: 1,
      failed: 0,
      rows: 3,
      retryAt: '2031-01-01T00:00:00.000Z',
      asOf: oldest.asOf,
    });
    for await (const slice of reader.memberListingSlices('contoso')) assert.deepEqual(slice, counted);
    for (const limit of [1, 2, 3, 5]) {
      const slices = [...memberListingSlices(sql, 'contoso', { countGroups, countListings, toSummary }, limit)];
      assert.ok(slices.length >= 5 / limit);
      assert.deepEqual(slices.at(-1), counted);
    }
  });

  describe('takes changes', () => {
    it('that another connection made, each once', () => {
      const { writer, load, path } = contosoWith('g');
      const reader = openReader(path);
      assert.equal(reader.tenants().length, 1);
      assert.deepEqual(reader.takeChanges(), []);
      load(membersOf('contoso', 'g'), { members: [member('a')] }, { members: [member('b')] });
      assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso', groupId: 'g' }]);
      assert.deepEqual(reader.takeChanges(), []);
      load(contosoGroups, { groups: [group('g')] });
      writer.removeTenant('contoso');
      assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
    });

    it('as whole tenants, removed ones too, when it missed some', () => {
      const { writer, path, sql } = contosoWith('g');
      const reader = openReader(path);
      assert.equal(reader.tenants().length, 1);
      writer.addTenant({ ...contoso, id: 'fabrikam' });
      writer.removeTenant('contoso');
      for (let i = 0; i < 3; i++) writer.updateTenant('fabrikam', { name: `Fabrikam ${i}` });
      sql.run('DELETE FROM change WHERE rev < (SELECT max(rev) FROM change)');
      assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }, { tenantId: 'fabrikam' }]);
    });

    it('of which only the last thousands are kept', function () {
      this.timeout(20_000);
      const { writer, sql } = contosoWith();
      sql.run("INSERT INTO change (rev, tenant) VALUES (1000000, 'x')");
      for (let i = 0; i < 300; i++) writer.updateTenant('contoso', { name: `Contoso ${i}` });
      assert.deepEqual(sql.get('SELECT min(rev) AS rev FROM change'), { __proto__: null, rev: 1_000_000 });
      sql.run("INSERT INTO change (rev, tenant) VALUES (2000000, 'x')");
      for (let i = 0; i < 300; i++) writer.updateTenant('contoso', { name: `Contoso ${i}` });
      assert.deepEqual(sql.get('SELECT min(rev) AS rev FROM change'), { __proto__: null, rev: 2_000_000 });
    });

    it('of a store that took the place of another', () => {
      const { writer, path } = contosoWith('g');
      const reader = openReader(path);
      assert.equal(reader.tenants().length, 1);
      writer.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
      openWriter(path).writer.addTenant({ ...contoso, id: 'fabrikam' });
      const changed = reader
        .takeChanges()
        .map(({ tenantId }) => tenantId)
        .sort();
      assert.deepEqual(changed, ['contoso', 'fabrikam']);
      assert.deepEqual(ids(reader.tenants()), ['fabrikam']);
    });
  });
});
