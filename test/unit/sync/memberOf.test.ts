import assert from 'node:assert/strict';
import { lines } from '../../contract/lines.ts';
import { powerBIWith, user, workspace } from '../../contract/tenants.ts';
import { hold, html, status, throttle } from '../../support/faults.ts';
import { askedTenant } from './askedTenant.ts';

const ada = user('Ada');
const email = ada.emailAddress ?? '';
const never = new AbortController().signal;
const tenant = powerBIWith(
  [
    workspace('Plan', [{ ...ada, groupUserAccessRight: 'Admin' }, user('Ben')]),
    workspace('Other', [user('Ben')]),
    workspace('Sales', [user('Ben'), ada]),
    workspace('Left', [{ ...ada, groupUserAccessRight: 'None' }]),
  ],
  'admin',
);

describe('asking for the groups of somebody', () => {
  const open = askedTenant(tenant);

  it('tells them with their rights by one request, and keeps nothing', async () => {
    const { core, server, id } = await open();
    const { groups, asOf, problem } = await core.sync.memberOf(id, email.toUpperCase(), never);
    assert.deepEqual(groups, [
      { groupId: 'w-Plan', name: 'Plan', kind: 'workspace', rights: ['Admin'] },
      { groupId: 'w-Sales', name: 'Sales', kind: 'workspace', rights: ['Viewer'] },
    ]);
    assert.ok(Math.abs(Date.now() - Date.parse(asOf)) < 60_000);
    assert.equal(problem, undefined);
    assert.equal(server.requests.length, 1);
    const { reader } = core.store;
    assert.deepEqual(
      [reader.countGroups(id), reader.completeness({ list: 'groups', tenantId: id }).state],
      [0, 'notLoaded'],
    );
    const loaded = await core.api.groups(id);
    await core.sync.memberOf(id, email, never);
    assert.deepEqual(await core.api.groups(id), loaded);
    assert.deepEqual((await core.sync.memberOf(id, "o'neil@contoso.example", never)).groups, []);
  });

  it('fails as a load does, and never with no groups', async () => {
    const denied = status(401, { body: { error: { code: 'PowerBINotAuthorizedException' } } });
    const faults = [
      [denied, 'forbidden', /PowerBINotAuthorizedException.*Fabric administrator/],
      [status(404, { body: { error: { code: 'PowerBIEntityNotFound' } } }), 'notFound', /PowerBIEntityNotFound/],
      [throttle(3392), 'throttled', /3392/],
      [status(503), 'unavailable', /./],
      [html(), 'badResponse', /./],
      [status(200, { body: { value: null } }), 'badResponse', /list of groups/],
    ] as const;
    const { core, server, id } = await open();
    for (const [fault, kind, message] of faults) {
      server.add({ match: lines.anything, fault });
      await assert.rejects(core.sync.memberOf(id, email, never), { kind, message });
      server.heal();
    }
    server.add({ match: lines.anything, fault: status(503), times: 1 });
    assert.equal((await core.sync.memberOf(id, email, never)).groups.length, 2);
  });

  it('says what it could not read', async () => {
    const body = { value: [{ id: 'a', name: 'A', users: [ada, { identifier: 7 }] }, { id: 'b', users: null }, 5] };
    const { core, id } = await open([{ match: lines.anything, fault: status(200, { body }) }]);
    const { groups, problem } = await core.sync.memberOf(id, email, never);
    assert.deepEqual(
      groups.map(({ groupId, rights }) => [groupId, rights]),
      [
        ['a', ['Viewer']],
        ['b', []],
      ],
    );
    assert.match(problem ?? '', /could not be read/);
  });

  it('ends where the service repeats its pages', async () => {
    const value = Array.from({ length: 200 }, (_, at) => ({ id: `g${at}`, users: [ada] }));
    const { core, server, id } = await open([{ match: lines.anything, fault: status(200, { body: { value } }) }]);
    const { groups, problem } = await core.sync.memberOf(id, email, never);
    assert.deepEqual([groups.length, server.requests.length], [200, 2]);
    assert.match(problem ?? '', /same page twice/);
    const lists = server.requests.map(({ line }) => decodeURIComponent(line));
    for (const line of lists) assert.match(line, /users\/any\(u: tolower\(u\/emailAddress\) eq 'ada@/);
  });

  /** A full page of groups, so that another one is asked for. */
  const pageOf = (page: number, accessRight: string) => ({
    value: Array.from({ length: 200 }, (_, at) => ({
      id: `g${page}-${at}`,
      users: [{ ...ada, groupUserAccessRight: accessRight }],
    })),
  });

  it('reads on behind a page of groups that give no access', async () => {
    const { core, server, id } = await open();
    const bodies = [pageOf(1, 'Viewer'), pageOf(2, 'None'), pageOf(3, 'Viewer'), { value: [] }];
    for (const [at, body] of bodies.entries())
      server.add({ match: lines.anything, fault: status(200, { body }), from: at + 1, times: 1 });
    const { groups, problem } = await core.sync.memberOf(id, email, never);
    assert.deepEqual([groups.length, problem], [400, undefined]);
  });

  it('keeps the pages that came before a fault, and says what it was', async () => {
    const { core, server, id } = await open();
    server.add({ match: lines.anything, fault: status(200, { body: pageOf(1, 'Viewer') }), times: 1 });
    server.add({ match: lines.anything, fault: throttle(3392), from: 2 });
    const { groups, problem } = await core.sync.memberOf(id, email, never);
    assert.equal(groups.length, 200);
    assert.match(problem ?? '', /3392/);
    server.heal();
    server.add({ match: lines.anything, fault: status(200, { body: pageOf(1, 'None') }), times: 1 });
    server.add({ match: lines.anything, fault: throttle(3392), from: 2 });
    await assert.rejects(core.sync.memberOf(id, email, never), { kind: 'throttled' });
  });

  it('is cancelled by its signal, by the tenant and by the end', async () => {
    const held = hold();
    const { core, server, id } = await open([{ match: lines.anything, fault: held.fault }]);
    const controller = new AbortController();
    const asked = core.sync.memberOf(id, email, controller.signal);
    const request = await server.received(lines.anything);
    controller.abort();
    await assert.rejects(asked, { kind: 'cancelled' });
    await request.abandoned;
    const other = core.sync.memberOf(id, email, never);
    await server.received(lines.anything, 2);
    core.sync.cancel(id);
    await assert.rejects(other, { kind: 'cancelled' });
    const last = core.sync.memberOf(id, email, never);
    await server.received(lines.anything, 3);
    await Promise.all([assert.rejects(last, { kind: 'cancelled' }), core.sync.dispose()]);
    held.release();
    await assert.rejects(core.sync.memberOf(id, email, never), { kind: 'cancelled' });
  });

  it('is not for tenants that cannot tell', async () => {
    const { core, server } = await open();
    const [connection] = server.connections;
    assert.ok(connection);
    const id = await core.api.addTenant({ ...connection, scope: 'member' });
    await assert.rejects(core.sync.memberOf(id, email, never), { kind: 'invalid' });
    await assert.rejects(core.sync.memberOf('nowhere', email, never), { kind: 'notFound' });
    assert.equal(server.requests.length, 0);
  });
});
