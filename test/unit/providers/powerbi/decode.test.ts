import assert from 'node:assert/strict';
import type { StoredConnection } from '../../../../src/core/model.ts';
import type { DecodedPage } from '../../../../src/core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../../../src/core/provider/rows.ts';
import { decoders } from '../../../../src/providers/decoders.ts';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';
import { bytesOf, fixture, group } from '../replies.ts';

const connection: StoredConnection = { provider: 'powerbi', name: 'Contoso', scope: 'admin', signIn: 'accessToken' };
const decode = decoders.powerbi ?? assert.fail();

const groupsPage = (...value: unknown[]): DecodedPage =>
  decode(bytesOf({ value }), powerbi.requests.groups(connection));
const usersPage = (...value: unknown[]): DecodedPage =>
  decode(bytesOf({ value }), powerbi.requests.members(connection, group('g')));
const groupOf = (row: unknown): GroupRow => groupsPage(row).groups?.[0] ?? assert.fail();
const memberOf = (row: unknown): MemberRow => usersPage(row).members?.[0] ?? assert.fail();

describe('Power BI workspaces of one person', () => {
  const request = powerbi.requests.memberOf?.(connection, 'Ana@x.example') ?? assert.fail();
  const page = (...value: unknown[]) => decode(bytesOf({ value }), request);
  const ana = { emailAddress: 'ANA@x.example', identifier: 'a', groupUserAccessRight: 'Admin', principalType: 'User' };

  it('come with them alone, and without where others only are in', () => {
    const ben = { ...ana, emailAddress: 'ben@x.example', identifier: 'ben@x.example' };
    const { groups = [], malformed } = page(
      { id: 'g', users: [ben, ana] },
      { id: 'h', users: [ben] },
      { name: 'no id' },
    );
    assert.deepEqual(
      groups.map(({ id, details, members }) => [id, details, members?.map(({ identifier }) => identifier)]),
      [['g', {}, ['a']]],
    );
    assert.equal(malformed, 1);
  });

  it('stay where their members are not told, or not to be read', () => {
    const { groups = [] } = page({ id: 'g' }, { id: 'h', users: [{ identifier: {} }, 3] }, { id: 'i', users: [] });
    assert.deepEqual(
      groups.map(({ id, members, malformedMembers }) => [id, members, malformedMembers]),
      [
        ['g', undefined, undefined],
        ['h', [], 2],
      ],
    );
  });

  it('keep the person for the next page', () => {
    const rows = Array.from({ length: 150 }, (_, at) => ({ id: `g${at}`, users: [ana] }));
    const { next } = page(...rows);
    assert.deepEqual([next?.state.email, next?.shape, next?.isAdmin], ['Ana@x.example', 'memberOf', true]);
    assert.match(next?.url ?? '', /\$skip=150&.*users%2Fany/);
  });

  it('are never none where the reply is something else', () => {
    for (const body of [null, [], {}, { value: null }, { value: {} }, 'x', { error: { code: 'E' } }])
      assert.throws(() => decode(bytesOf(body), request), { kind: 'badResponse' });
  });
});

describe('Power BI workspaces', () => {
  it('keep the ids of the documented example as they are, the repeated one too', () => {
    const { groups = [] } = decode(fixture('powerbi/get-groups.json'), powerbi.requests.groups(connection));
    assert.deepEqual(
      groups.map(({ id }) => id),
      ['62b2098e--3c080d8b528d', '69c5b1b1--fa16d62a9b61', '9507205b--c2d2e72ac843', '9507205b--c2d2e72ac843'],
    );
    assert.deepEqual(groups[0], {
      id: '62b2098e--3c080d8b528d',
      name: 'Q1 Product Group',
      kind: 'workspace',
      details: { id: '62b2098e--3c080d8b528d', name: 'Q1 Product Group' },
    });
  });

  it('keep every field in their details, known or not, but not the users', () => {
    const sent = {
      id: 'g',
      name: 'Sales',
      isReadOnly: false,
      isOnDedicatedCapacity: true,
      capacityId: 'C0',
      type: 'Workspace',
      state: 'Active',
      description: null,
      dataflowStorageId: 'D0',
      defaultDatasetStorageFormat: 'Small',
      pipelineId: 'P0',
      hasWorkspaceLevelSettings: false,
      somethingNew: { deep: [1] },
    };
    assert.deepEqual(groupOf({ ...sent, users: [] }), {
      id: 'g',
      name: 'Sales',
      kind: 'workspace',
      details: sent,
      members: [],
    });
  });

  it('are of the kind that their type says', () => {
    const kind = (type?: unknown) => groupOf({ id: 'g', name: 'x', type }).kind;
    assert.deepEqual(['Workspace', 'Group', undefined, null].map(kind), Array(4).fill('workspace'));
    assert.deepEqual(['PersonalGroup', 'Personal'].map(kind), Array(2).fill('personalWorkspace'));
    assert.deepEqual(['AdminInsights', '', 7, {}, 'constructor'].map(kind), Array(5).fill('unknown'));
  });

  it('are called by their id when they have no name', () => {
    for (const name of [undefined, null, '', ' \t', 7]) assert.equal(groupOf({ id: 'g', name }).name, 'g');
    assert.equal(groupOf({ id: 'g', name: ' x\u202e$(y) ' }).name, ' x\u202e$(y) ');
  });

  it('know their members only when a list came along', () => {
    assert.equal(groupOf({ id: 'g' }).members, undefined);
    assert.equal(groupOf({ id: 'g', users: null }).members, undefined);
    assert.equal(groupOf({ id: 'g', users: {} }).members, undefined);
    const row = groupOf({ id: 'g', users: [{ identifier: 'a' }, 7, { identifier: 'b' }] });
    assert.deepEqual([row.members?.map(({ id }) => id), row.malformedMembers], [['a', 'b'], 1]);
  });

  it('are counted when they cannot be read', () => {
    const { groups, malformed } = groupsPage(null, { id: 'a' }, { name: 'x' }, { id: 7 }, { id: ' ' }, [], 'b');
    assert.deepEqual([groups?.map(({ id }) => id), malformed], [['a'], 6]);
    assert.deepEqual(groupsPage(null, null), { groups: [], malformed: 2 });
  });

  it('are a problem when the service names a further page', () => {
    const reply = bytesOf({ value: [{ id: 'a' }], '@odata.nextLink': 'https://evil.example/next' });
    assert.equal(decode(reply, powerbi.requests.groups(connection)).problem?.kind, 'badResponse');
  });
});

describe('Power BI users', () => {
  it('have the documented fields', () => {
    const { members = [] } = decode(
      fixture('powerbi/get-group-users.json'),
      powerbi.requests.members(connection, group('g')),
    );
    assert.deepEqual(
      members.map(({ details: _, ...row }) => row),
      [
        {
          id: 'john@contoso.com',
          name: 'John Nick',
          email: 'john@contoso.com',
          identifier: 'john@contoso.com',
          principalType: 'user',
          accessRight: 'Admin',
        },
        {
          id: 'Adam@contoso.com',
          name: 'Adam Wood',
          email: 'Adam@contoso.com',
          identifier: 'Adam@contoso.com',
          principalType: 'user',
          accessRight: 'Member',
        },
        {
          id: '3d9b93c6-7b6d-4801-a491-1738910904fd',
          name: 'ContosoTestApp',
          identifier: '3d9b93c6-7b6d-4801-a491-1738910904fd',
          principalType: 'app',
          accessRight: 'Admin',
        },
      ],
    );
  });

  it('keep every field in their details', () => {
    const sent = {
      identifier: 'a',
      graphId: 'G',
      userType: 'Guest',
      profile: null,
      groupUserAccessRight: 'Viewer',
      somethingNew: [1],
    };
    assert.deepEqual(memberOf(sent).details, sent);
  });

  it('have a principal type for each that is known, and none made up', () => {
    const type = (principalType?: unknown) => memberOf({ identifier: 'a', principalType }).principalType;
    assert.deepEqual(['User', 'Group', 'App', 'None'].map(type), ['user', 'group', 'app', 'everyone']);
    assert.deepEqual(['Robot', 'user', '', null, undefined].map(type), Array(5).fill('unknown'));
  });

  it('keep any right as it is', () => {
    const right = (groupUserAccessRight?: unknown) => memberOf({ identifier: 'a', groupUserAccessRight }).accessRight;
    const rights = ['None', 'Member', 'Admin', 'Contributor', 'Viewer', 'Auditor of tomorrow'];
    assert.deepEqual(rights.map(right), rights);
    assert.deepEqual([null, undefined, ' '].map(right), [undefined, undefined, undefined]);
  });

  it('are identified by identifier, else e-mail, else Graph id', () => {
    const id = (row: object) => memberOf(row).id;
    assert.equal(id({ identifier: 'a', emailAddress: 'b', graphId: 'c' }), 'a');
    assert.equal(id({ identifier: ' ', emailAddress: 'b', graphId: 'c' }), 'b');
    assert.equal(id({ identifier: null, emailAddress: '', graphId: 'c' }), 'c');
    assert.deepEqual(memberOf({ principalType: 'None', groupUserAccessRight: 'Viewer' }), {
      id: 'everyone',
      name: 'Everyone',
      identifier: 'everyone',
      principalType: 'everyone',
      accessRight: 'Viewer',
      details: { principalType: 'None', groupUserAccessRight: 'Viewer' },
    });
  });

  it('are told apart by their profiles, and called as the service calls them', () => {
    const row = memberOf({
      identifier: 'app',
      displayName: 'App',
      principalType: 'App',
      profile: { id: 'p', displayName: 'Customer 1' },
    });
    assert.deepEqual([row.id, row.identifier, row.name], ['app:p', 'app', 'App']);
    assert.equal(memberOf({ identifier: 'app', profile: { displayName: 'x' } }).id, 'app');
  });

  it('are called by e-mail, else identifier, when they have no display name', () => {
    const name = (row: object) => memberOf(row).name;
    assert.equal(name({ identifier: 'a', emailAddress: 'b', displayName: ' ' }), 'b');
    assert.equal(name({ identifier: 'a', emailAddress: null, displayName: null }), 'a');
    assert.equal(name({ identifier: 'a', displayName: 7 }), 'a');
  });

  it('are counted when who they are or what they may do cannot be read', () => {
    for (const row of [
      null,
      'a',
      [],
      {},
      { principalType: 'User', displayName: 'x' },
      { identifier: 7 },
      { identifier: 7, emailAddress: 'b' },
      { identifier: 'a', emailAddress: {} },
      { identifier: 'a', graphId: [] },
      { identifier: 'a', groupUserAccessRight: 4 },
      { identifier: 'a', principalType: 1 },
      { identifier: 'a', profile: 'p' },
      { identifier: 'a', profile: { id: 5 } },
    ]) {
      assert.deepEqual(usersPage(row, { identifier: 'good' }), {
        members: [
          { id: 'good', name: 'good', identifier: 'good', principalType: 'unknown', details: { identifier: 'good' } },
        ],
        malformed: 1,
      });
    }
  });

  it('come whole by the admin route, unless more are counted', () => {
    const request = powerbi.requests.members(connection, group('g'));
    const value = Array.from({ length: 200 }, (_, index) => ({ identifier: `id${index}` }));
    const read = (body: object) => decode(bytesOf(body), request);
    assert.deepEqual([read({ value }).next, read({ value }).problem], [undefined, undefined]);
    assert.match(read({ value, '@odata.count': 201 }).problem?.reason ?? '', /201 .* 200/);
  });
});
