import assert from 'node:assert/strict';
import { echoes } from '../../contract/echo.ts';
import { lines } from '../../contract/lines.ts';
import { powerBIWith, user, workspace } from '../../contract/tenants.ts';
import { hold, html, status, throttle } from '../../support/faults.ts';
import { askedTenant } from './askedTenant.ts';

const ada = user('Ada');
const email = ada.emailAddress ?? '';
const never = new AbortController().signal;
/** Two items in each, and the one that is shared: 121 in all, so two pages. */
const workspaces = Array.from({ length: 60 }, (_, at) => workspace(`W${at + 1}`, [ada, user('Ben')]));
const tenant = powerBIWith(workspaces, 'admin');

describe('asking for the items of somebody', () => {
  const open = askedTenant(tenant);

  const ofPage = (names: readonly string[], continuationToken?: string) => ({
    artifactAccessEntities: names.map((name) => ({
      artifactId: name,
      displayName: name,
      artifactType: 'Report',
      accessRight: 'Read',
    })),
    ...(continuationToken === undefined ? {} : { continuationToken }),
  });

  it('tells all pages of them, by type and name, and keeps nothing', async () => {
    const { core, server, id } = await open();
    const { items, asOf, problem } = await core.sync.itemsOf(id, email, never);
    assert.deepEqual([items.length, problem, server.requests.length], [121, undefined, 2]);
    assert.deepEqual(
      [items[0]?.type, items[1]?.name, items[2]?.name, items.at(-1)?.name],
      ['Dashboard', 'W1', 'W2', 'W60'],
    );
    assert.deepEqual(items[120], { id: items[120]?.id, name: 'W60', type: 'Report', right: 'Read' });
    assert.ok(Math.abs(Date.now() - Date.parse(asOf)) < 60_000);
    assert.match(server.requests[1]?.line ?? '', /artifactAccess\?continuationToken=%27/);
    const { reader } = core.store;
    assert.deepEqual(
      [reader.countGroups(id), reader.completeness({ list: 'groups', tenantId: id }).state],
      [0, 'notLoaded'],
    );
  });

  it('asks once for two who ask at the same time', async () => {
    const { core, server, id } = await open();
    const answers = await Promise.all([core.sync.itemsOf(id, email, never), core.sync.itemsOf(id, email, never)]);
    assert.deepEqual(answers[0], answers[1]);
    assert.equal(server.requests.length, 2);
  });

  it('fails as a load does, and never with no items', async () => {
    const denied = status(401, { body: { error: { code: 'PowerBINotAuthorizedException' } } });
    const faults = [
      [denied, 'forbidden', /PowerBINotAuthorizedException/],
      [status(404, { body: { error: { code: 'PowerBIEntityNotFound' } } }), 'notFound', /PowerBIEntityNotFound/],
      [throttle(3392), 'throttled', /3392/],
      [status(503), 'unavailable', /./],
      [html(), 'badResponse', /./],
      [status(200, { body: { artifactAccessEntities: null } }), 'badResponse', /list of items/],
    ] as const;
    const { core, server, id } = await open();
    for (const [fault, kind, message] of faults) {
      server.add({ match: lines.anything, fault });
      await assert.rejects(core.sync.itemsOf(id, email, never), { kind, message });
      server.heal();
    }
    await assert.rejects(core.sync.itemsOf(id, 'nobody@x.example', never), { kind: 'notFound' });
    server.add({ match: lines.anything, fault: status(503), times: 1 });
    assert.equal((await core.sync.itemsOf(id, email, never)).items.length, 121);
  });

  it('keeps the pages that came before a fault, and says what it was', async () => {
    const { core, id } = await open([{ match: /continuationToken/, fault: throttle(3392) }]);
    const { items, problem } = await core.sync.itemsOf(id, email, never);
    assert.equal(items.length, 100);
    assert.match(problem ?? '', /3392/);
  });

  it('hides the token that the service repeats in the words of a later fault', async () => {
    const { core, server, id } = await open();
    const [connection] = server.connections;
    assert.ok(connection && echoes['in a message']);
    server.add({ match: /continuationToken/, fault: echoes['in a message'] });
    const { items, problem = '' } = await core.sync.itemsOf(id, email, never);
    assert.equal(items.length, 100);
    assert.match(problem, /Bad token/);
    assert.ok(!problem.includes(connection.auth.accessToken.slice(0, 12)), problem);
  });

  it('ends where the service goes round, or repeats a page', async () => {
    const { core, server, id } = await open();
    server.add({ match: lines.anything, fault: status(200, { body: ofPage(['a', 'b'], 'same') }) });
    const looping = await core.sync.itemsOf(id, email, never);
    assert.deepEqual([looping.items.length, server.requests.length], [2, 2]);
    assert.match(looping.problem ?? '', /again|twice/);
  });

  it('says what it could not read', async () => {
    const body = { artifactAccessEntities: [...ofPage(['a']).artifactAccessEntities, { displayName: 'no id' }] };
    const { core, id } = await open([{ match: lines.anything, fault: status(200, { body }) }]);
    const { items, problem } = await core.sync.itemsOf(id, email, never);
    assert.equal(items.length, 1);
    assert.match(problem ?? '', /could not be read/);
  });

  it('is cancelled by its signal, by the tenant and by the end', async () => {
    const held = hold();
    const { core, server, id } = await open([{ match: lines.anything, fault: held.fault }]);
    const controller = new AbortController();
    const asked = core.sync.itemsOf(id, email, controller.signal);
    const request = await server.received(lines.anything);
    controller.abort();
    await assert.rejects(asked, { kind: 'cancelled' });
    await request.abandoned;
    const other = core.sync.itemsOf(id, email, never);
    await server.received(lines.anything, 2);
    core.sync.cancel(id);
    await assert.rejects(other, { kind: 'cancelled' });
    held.release();
  });

  it('is not for tenants that cannot tell', async () => {
    const { core, server } = await open();
    const [connection] = server.connections;
    assert.ok(connection);
    const id = await core.api.addTenant({ ...connection, scope: 'member' });
    await assert.rejects(core.sync.itemsOf(id, email, never), { kind: 'invalid' });
    assert.equal(server.requests.length, 0);
  });
});
