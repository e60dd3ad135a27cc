import assert from 'node:assert/strict';
import { noGroupId } from '../../../src/core/noGroup.ts';
import {
  accessOf,
  contoso,
  contosoGroups,
  contosoWith,
  firstPage,
  group,
  groupsOf,
  integrity,
  member,
  membersOf,
  openReader,
} from './fixture.ts';

const noGroup = (tenantId: string) => membersOf(tenantId, noGroupId);
const never = '1970-01-01T00:00:00.000Z';

/** Two tenants, each with somebody in no group. */
function twoTenants() {
  const opened = contosoWith();
  opened.writer.addTenant({ ...contoso, id: 'fabrikam', name: 'Fabrikam' });
  opened.load(contosoGroups, { groups: [group('g', { members: [member('ada')] })] });
  opened.load(noGroup('contoso'), { members: [member('bob'), member('ann', { email: 'ann@contoso.example' })] });
  opened.load(noGroup('fabrikam'), { members: [member('cem')] });
  const reader = openReader(opened.path);
  const ids = (tenantId: string) => reader.members(tenantId, noGroupId, firstPage).map(({ id }) => id);
  return { ...opened, reader, ids };
}

describe('members in no group', () => {
  it('are kept for each tenant, with how complete that is', () => {
    const { reader, ids } = twoTenants();
    assert.deepEqual([ids('contoso'), ids('fabrikam')], [['ann', 'bob'], ['cem']]);
    assert.deepEqual(
      reader.membersAsSent('contoso', noGroupId, firstPage).map(({ id }) => id),
      ['bob', 'ann'],
    );
    assert.equal(reader.member('contoso', noGroupId, 'ann')?.email, 'ann@contoso.example');
    assert.equal(reader.member('contoso', noGroupId, 'cem'), undefined);
    const { state, count } = reader.completeness(noGroup('contoso'));
    assert.deepEqual([state, count], ['complete', 2]);
    const { members, ...rest } = reader.group('fabrikam', noGroupId) ?? {};
    assert.deepEqual(rest, { id: '', tenantId: 'fabrikam', name: 'In no group', kind: 'noGroup', details: {} });
    assert.deepEqual([members?.state, members?.count], ['complete', 1]);
    assert.equal(reader.group('nobody', noGroupId), undefined);
    assert.deepEqual(reader.takeChanges(), []);
  });

  it('are no group, and reach nothing', async () => {
    const { reader, load } = twoTenants();
    assert.deepEqual(
      [reader.groups('contoso', firstPage), reader.groupsAsSent('contoso', firstPage)].map((all) => all.length),
      [1, 1],
    );
    assert.equal(reader.countGroups('contoso'), 1);
    assert.equal(reader.countGroups('contoso', 'no group'), 0);
    assert.equal(reader.completeness(contosoGroups).count, 1);
    const { complete, notLoaded, rows } = reader.memberListings('contoso');
    assert.deepEqual([complete, notLoaded, rows], [1, 0, 1]);
    assert.deepEqual(reader.memberListings('fabrikam').complete, 0);
    assert.deepEqual(await accessOf(reader, 'ann'), []);
    assert.equal((await accessOf(reader, 'ada')).length, 1);
    load(contosoGroups, { groups: [group('h')] });
    assert.equal(reader.completeness(contosoGroups).count, 1);
    assert.equal(reader.completeness(noGroup('contoso')).count, 2);
  });

  it('are not told as removed when they have come into a group', () => {
    const { reader, load, ids, sql } = twoTenants();
    load(noGroup('contoso'), { members: [member('bob')] });
    assert.deepEqual(ids('contoso'), ['bob']);
    assert.deepEqual(reader.removed('contoso', firstPage), []);
    assert.deepEqual(sql.all("SELECT id FROM principal WHERE id = 'ann'"), []);
  });

  it('stay what they were after a load that failed, and tell which listing changed', () => {
    const { reader, writer, ids } = twoTenants();
    reader.takeChanges();
    const load = writer.begin(noGroup('contoso'));
    const error = { kind: 'forbidden', message: 'No.' } as const;
    assert.equal(writer.end(load, { error: { ...error, isCutOff: false } }).state, 'denied');
    assert.deepEqual(ids('contoso'), ['ann', 'bob']);
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso', groupId: noGroupId }]);
  });

  it('go with the rows of their tenant, and with the tenant', () => {
    const { reader, writer, load, ids, sql } = twoTenants();
    writer.removeRows('contoso');
    assert.deepEqual([ids('contoso'), ids('fabrikam')], [[], ['cem']]);
    assert.deepEqual(reader.completeness(noGroup('contoso')), { state: 'notLoaded' });
    load(noGroup('contoso'), { members: [member('bob')] });
    writer.removeTenant('fabrikam');
    assert.deepEqual([ids('contoso'), ids('fabrikam')], [['bob'], []]);
    assert.equal(sql.get<{ count: number }>('SELECT count(*) AS count FROM member')?.count, 1);
    assert.equal(integrity(sql), 'ok');
  });

  it('go when they are old', () => {
    const { reader, writer, ids } = twoTenants();
    reader.takeChanges();
    writer.forgetOlderThan(never);
    assert.equal(ids('contoso').length, 2);
    writer.forgetOlderThan('2040-01-01T00:00:00.000Z');
    assert.deepEqual([ids('contoso'), reader.completeness(noGroup('contoso'))], [[], { state: 'notLoaded' }]);
    assert.ok(reader.takeChanges().some(({ groupId }) => groupId === noGroupId));
    assert.deepEqual(reader.completeness(groupsOf('contoso')), { state: 'notLoaded' });
  });
});
