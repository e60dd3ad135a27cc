import assert from 'node:assert/strict';
import type { FindingId } from '../../../../../src/core/findings/findings.ts';
import { directoryOf, member, membersOf } from '../../fixture.ts';
import { admin, createWorld, found, type Groups, guest, look, nested, viewer } from './fixture.ts';

/** What is found in one tenant. */
async function inTenant(id: FindingId, groups: Groups, provider?: string): Promise<string[]> {
  const world = createWorld();
  world.tenant('t', groups, provider);
  return found(world.reader, id);
}

const personal = (members: readonly ReturnType<typeof admin>[], details = {}) => ({
  kind: 'personalWorkspace',
  members,
  details,
});

describe('findings in single groups', () => {
  it('tell groups without an administrator', async () => {
    const groups = {
      none: [viewer('v')],
      empty: [],
      one: [admin('a')],
      byGroup: [nested('g', { accessRight: 'Admin' })],
      // Rights that the service added later, or did not tell, may well administer.
      later: [viewer('v'), member('x', { accessRight: 'Owner' })],
      untold: [member('y')],
      deleted: { members: [], details: { state: 'Deleted' } },
      older: { members: [viewer('v')], details: { type: 'Group' } },
      mine: personal([viewer('v')]),
      odd: { kind: 'unknown', members: [viewer('v')] },
    };
    assert.deepEqual(await inTenant('noAdmin', groups), ['empty', 'none']);
    assert.deepEqual(await inTenant('noAdmin', groups, 'uipath'), []);
    assert.deepEqual(await inTenant('noAdmin', groups, 'entra'), []);
  });

  it('tell nothing of what is missing where members are not known completely', async () => {
    const world = createWorld();
    world.tenant('t', { never: {}, denied: {}, ended: {}, whole: {} });
    world.writer.end(world.writer.begin(membersOf('t', 'denied')), { error: { kind: 'forbidden', message: 'No.' } });
    const load = world.writer.begin(membersOf('t', 'ended'));
    world.page(load, { members: [viewer('v')] });
    world.writer.end(load, { error: { kind: 'offline', message: 'Gone.' } });
    world.load(membersOf('t', 'whole'), { members: [viewer('v')] });
    assert.deepEqual(await found(world.reader, 'noAdmin'), ['whole']);
    world.load(membersOf('t', 'whole'), { members: [admin('a')], malformed: 1 });
    assert.deepEqual(await found(world.reader, 'oneAdmin'), []);
    assert.deepEqual(await found(world.reader, 'noAdmin'), []);
    world.load(membersOf('t', 'whole'), { members: [] });
    assert.deepEqual(await found(world.reader, 'emptyGroup'), ['whole']);
    const load2 = world.writer.begin(membersOf('t', 'whole'));
    world.writer.end(load2, { error: { kind: 'forbidden', message: 'No.' } });
    assert.deepEqual(await found(world.reader, 'emptyGroup'), []);
  });

  it('tell groups with one administrator only', async () => {
    const groups = {
      one: [admin('a'), viewer('v')],
      app: [admin('a', { principalType: 'app' })],
      two: [admin('a'), admin('b')],
      // Twice the same one, in two guises.
      same: [admin('a'), admin('a', { name: 'Other' })],
      // Who is in that group, or what that principal is, nobody knows.
      group: [nested('g', { accessRight: 'Admin' })],
      unknown: [admin('u', { principalType: 'unknown' })],
      maybe: [admin('a'), member('m', { accessRight: 'Owner' })],
      mine: personal([admin('a')]),
    };
    assert.deepEqual(await inTenant('oneAdmin', groups), ['app', 'one', 'same']);
  });

  it('tell apps that administer', async () => {
    const app = { principalType: 'app' };
    const groups = { g: [admin('a', app), viewer('b', app), admin('u')] };
    assert.deepEqual(await inTenant('appAdmin', groups), ['g a Admin']);
    assert.deepEqual(await inTenant('appAdmin', groups, 'entra'), []);
  });

  it('tell empty groups', async () => {
    const groups = {
      empty: [],
      full: [viewer('v')],
      deleted: { members: [], details: { state: 'Deleted' } },
      never: {},
    };
    assert.deepEqual(await inTenant('emptyGroup', groups), ['empty']);
    assert.deepEqual(await inTenant('emptyGroup', groups, 'entra'), ['deleted', 'empty']);
  });

  it('tell personal workspaces that lost their owner', async () => {
    const groups = {
      left: personal([viewer('v')]),
      deleted: personal([admin('a')], { state: 'Deleted' }),
      orphaned: personal([admin('a')], { state: 'Orphaned' }),
      fine: personal([admin('a')], { state: 'Active' }),
      never: { kind: 'personalWorkspace' },
      workspace: { members: [viewer('v')], details: { state: 'Deleted' } },
    };
    assert.deepEqual(await inTenant('orphanedPersonal', groups), ['deleted', 'left', 'orphaned']);
  });

  it('tell a built-in group of administrators with too many members', async () => {
    const some = [member('a'), member('b')];
    const group = (members: readonly ReturnType<typeof member>[], more = {}) => ({
      admins: { name: 'Administrators', kind: 'builtIn', members, ...more },
    });
    assert.deepEqual(await inTenant('builtInAdmins', group([...some, member('c')]), 'uipath'), ['admins (3)']);
    assert.deepEqual(await inTenant('builtInAdmins', group(some), 'uipath'), []);
    assert.deepEqual(await inTenant('builtInAdmins', group([...some, member('c')], { kind: 'custom' }), 'uipath'), []);
    assert.deepEqual(await inTenant('builtInAdmins', group([...some, member('c')])), []);
  });

  it('count administrators whose names alone are missing', async () => {
    const world = createWorld();
    world.tenant('t', { admins: { name: 'Administrators', kind: 'builtIn' } }, 'uipath');
    const references = ['a', 'b', 'c'].map((id) => member(id, { isReference: true }));
    assert.equal(world.load(membersOf('t', 'admins'), { members: references }).state, 'partial');
    assert.deepEqual(await found(world.reader, 'builtInAdmins'), ['admins (3)']);
    const load = world.writer.begin(membersOf('t', 'admins'));
    world.page(load, { members: [member('d')] });
    world.writer.end(load, { error: { kind: 'offline', message: 'Gone.' } });
    assert.deepEqual(await found(world.reader, 'builtInAdmins'), []);
  });

  it('tell who administers too many groups, the most first', async () => {
    const groups = {
      one: [admin('a'), admin('b'), admin('z', { principalType: 'app' })],
      two: [admin('a'), admin('b'), admin('z', { principalType: 'app' })],
      three: [admin('a'), admin('b', { name: 'Bea' }), viewer('z')],
      four: [admin('a')],
    };
    assert.deepEqual(await inTenant('adminOfMany', groups), ['four a (4)', 'one b (3)']);
    assert.deepEqual(await inTenant('adminOfMany', groups, 'uipath'), []);
  });
});

describe('findings of principals', () => {
  it('tell guests who can edit, by name', async () => {
    const upn = 'y_x.example#EXT#@contoso.example';
    const groups = {
      g: [guest('zed', 'Contributor'), guest('adm', 'Admin'), guest('see', 'Viewer'), admin('own')],
      h: [admin(upn, { name: 'Yves' }), guest('zed', 'None'), guest('later', 'Owner')],
    };
    assert.deepEqual(await inTenant('guestCanEdit', groups), ['g adm Admin', 'g zed Contributor', `h ${upn} Admin`]);
    assert.deepEqual(await inTenant('guestCanEdit', groups, 'entra'), []);
  });

  it('take nobody for a guest who is only called so', async () => {
    const called = admin('g', { name: 'Guest', details: { displayName: 'Guest' } });
    const really = admin('h', { name: 'Guest', details: { displayName: 'Guest', userType: 'Guest' } });
    assert.deepEqual(await inTenant('guestCanEdit', { g: [called, really] }), ['g h Admin']);
  });

  it('tell grants to everyone', async () => {
    const all = (accessRight?: string) =>
      member('everyone', { principalType: 'everyone', ...(accessRight ? { accessRight } : {}) });
    const groups = { open: [all('Viewer')], closed: [all('None')], fine: [viewer('everyone')] };
    assert.deepEqual(await inTenant('everyone', groups), ['open everyone Viewer']);
    const own = { all: { kind: 'builtIn', members: [all()] }, custom: { kind: 'custom', members: [all()] } };
    assert.deepEqual(await inTenant('everyone', own, 'uipath'), ['custom everyone']);
  });

  it('tell principals of whom nothing but the id is known', async () => {
    const gone = (id: string, more = {}) => viewer(id, { name: id, ...more });
    const groups = {
      a: [gone('1-2-3'), gone('x@y.example'), gone('4', { email: 'z@y.example' }), viewer('5')],
      b: [gone('1-2-3'), gone('6', { accessRight: 'None' }), gone('7', { principalType: 'everyone' })],
    };
    assert.deepEqual(await inTenant('nameless', groups), ['a 1-2-3 (2)']);
    // There the account may just not be allowed to read the name.
    assert.deepEqual(await inTenant('nameless', groups, 'entra'), []);
  });

  it('count all groups of a principal, however many', async () => {
    const gone = [viewer('1-2-3', { name: '1-2-3' })];
    const groups = Object.fromEntries(Array.from({ length: 1100 }, (_, i) => [`g${`${i}`.padStart(4, '0')}`, gone]));
    assert.deepEqual(await inTenant('nameless', groups), ['g0000 1-2-3 (1100)']);
  }).timeout(20_000);

  it('take an id for gone only where the directory was read and does not name it', async () => {
    const world = createWorld();
    world.tenant('t', { g: {} }, 'uipath');
    const members = ['user', 'robot'].map((type) =>
      member(type, { name: type, principalType: type, isReference: true }),
    );
    world.load(membersOf('t', 'g'), { members });
    assert.deepEqual(await found(world.reader, 'nameless'), []);
    world.load(directoryOf('t'), { members: [member('other')] });
    assert.deepEqual(await found(world.reader, 'nameless'), ['g user (1)']);
  });
});

describe('findings', () => {
  it('say for how much of each tenant they hold', async () => {
    const world = createWorld();
    world.tenant('t', { whole: [], never: {}, ended: {} });
    world.writer.end(world.writer.begin(membersOf('t', 'ended')), { error: { kind: 'forbidden', message: 'No.' } });
    world.tenant('u', {}, 'uipath');
    world.writer.end(world.writer.begin({ list: 'groups', tenantId: 'u' }), {
      error: { kind: 'forbidden', message: 'No.' },
    });
    const { coverage } = await look(world.reader);
    assert.deepEqual(coverage, [
      { tenantId: 't', name: 'T-t', provider: 'test', groups: 3, looked: 1, state: 'complete' },
      { tenantId: 'u', name: 'T-u', provider: 'uipath', groups: 0, looked: 0, state: 'denied' },
    ]);
  });

  it('are looked for only where they are wanted', async () => {
    const world = createWorld();
    world.tenant('t', { g: [viewer('v')], h: [] });
    const { rows } = await look(world.reader, { ids: ['emptyGroup'] });
    assert.deepEqual(
      rows.map(({ finding }) => finding),
      ['emptyGroup'],
    );
    assert.deepEqual((await look(world.reader, { ids: [] })).rows, []);
  });

  it('are found in groups of very many members, too', async () => {
    const many = Array.from({ length: 12_001 }, (_, index) => viewer(`v${index}`, { name: 'Same name' }));
    const app = { principalType: 'app', name: 'Same name' };
    assert.deepEqual(
      await inTenant('appAdmin', { g: [admin('aa', app), ...many, admin('zz', app)], h: [admin('a', app)] }),
      ['g aa Admin', 'g zz Admin', 'h a Admin'],
    );
    assert.deepEqual(await inTenant('noAdmin', { g: many }), ['g']);
  });
});
