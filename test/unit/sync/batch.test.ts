import assert from 'node:assert/strict';
import { entraTenant } from '../../../src/sandbox/entra/tenant.ts';
import { directoryUser, securityGroup, servicePrincipal } from '../../../src/sandbox/samples/directoryAccess.ts';
import { contosoPeople } from '../../../src/sandbox/samples/people.ts';
import { lines } from '../../contract/lines.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultRule, type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { cutJson, html, json, pageCap, status, throttle } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';

const users = Object.values(contosoPeople).slice(0, 5).map(directoryUser);
const apps = ['Bot 1', 'Bot 2', 'Bot 3'].map((name) => servicePrincipal(name));
const tenant = entraTenant({
  name: 'Directory',
  groups: [securityGroup('First', [...users, ...apps]), securityGroup('Second', users.slice(0, 1))],
});
const [first, second] = tenant.groups.slice().map(({ id }) => id);
const members = lines.directoryMembers;
const moment = { headers: { 'Retry-After-Ms': '1' } };

describe("Reading an Entra group's members and apps in one request", () => {
  let core: Core;
  let server: FaultServer;
  let tenantId: string;

  async function serve(...rules: FaultRule[]): Promise<void> {
    server = await startFaultServer({ tenants: [tenant], rules });
    tenantId = await core.api.addTenant(server.connections[0] ?? assert.fail());
    await core.api.groups(tenantId);
    server.forget();
  }

  before(() => {
    core = startCore({ pause: quickPause });
  });
  after(async () => {
    await core.close();
    assert.deepEqual(core.errors, []);
  });
  afterEach(() => server.close());

  async function read(group = first ?? '', refresh = false) {
    const { items, completeness } = await core.api.members(tenantId, group, { refresh });
    return { rows: items.length, ...completeness };
  }
  const sent = () => server.requests.map(({ line }) => line).filter((line) => !line.startsWith('BATCHED'));

  it('takes one', async () => {
    await serve();
    const { rows, state } = await read();
    assert.deepEqual([rows, state], [8, 'complete']);
    assert.deepEqual(sent(), [`POST /${tenant.path}/v1.0/$batch`]);
    assert.equal((await core.api.loadAll(tenantId)).state, 'complete');
    assert.equal(sent().length, 2);
  });

  it('takes one a page while both go on, with what each wants to be told', async () => {
    await serve({ match: members, fault: pageCap(2) }, { match: lines.apps, fault: pageCap(2) });
    const { rows, state } = await read();
    assert.deepEqual([rows, state], [8, 'complete']);
    assert.deepEqual([server.count(lines.batch), sent().length], [2, 3]);
    const { headers } = await server.received(lines.apps, 2);
    assert.equal(headers.ConsistencyLevel ?? headers.consistencylevel, 'eventual');
  });

  for (const code of [404, 405, 501, 400]) {
    it(`takes one after the other where a service answers ${code} to several, and asks it no more`, async () => {
      await serve({ match: lines.batch, fault: status(code) });
      const { rows, state } = await read();
      assert.deepEqual([rows, state], [8, 'complete']);
      assert.equal(server.count(lines.batch), 1);
      assert.deepEqual((await read(second)).state, 'complete');
      assert.deepEqual((await read(first, true)).state, 'complete');
      assert.equal(server.count(lines.batch), 1);
      assert.equal(server.count(members), 3);
    });
  }

  for (const [what, fault, tries] of [
    ['500', status(500), 1],
    ['502', html(502), 1],
    ['503', status(503), 1],
    ['503 and a time', status(503, moment), 4],
    ['a web page', html(), 1],
    ['what is no envelope', json(() => ({ value: [] })), 1],
    ['JSON cut off', cutJson(), 4],
  ] as const) {
    it(`takes one after the other where a gateway always answers ${what} to several`, async () => {
      await serve({ match: lines.batch, fault });
      assert.deepEqual(await read().then(({ rows, state }) => [rows, state]), [8, 'complete']);
      const asked = server.count(lines.batch);
      assert.ok(asked <= tries, String(asked));
      assert.equal((await read(second)).state, 'complete');
      assert.equal(server.count(lines.batch), asked, 'asked again at once');
    });
  }

  it('reads a whole tenant where a gateway always fails on several', async () => {
    const many = Array.from({ length: 40 }, (_, n) => securityGroup(`Group ${n}`, users));
    const large = entraTenant({ name: 'Large', groups: many });
    server = await startFaultServer({ tenants: [large], rules: [{ match: lines.batch, fault: status(503) }] });
    tenantId = await core.api.addTenant(server.connections[0] ?? assert.fail());
    const { state, reason } = await core.api.loadAll(tenantId);
    assert.equal(state, 'complete', reason);
  });

  it('tells of a right that is missing for one, and keeps the other', async () => {
    const denied = status(403, { body: { error: { code: 'X', message: 'Not for you.' } } });
    await serve({ match: members, fault: denied });
    const withoutMembers = await read();
    assert.deepEqual([withoutMembers.rows, withoutMembers.state, withoutMembers.kind], [3, 'partial', 'forbidden']);
    assert.match(withoutMembers.reason ?? '', /Not for you\./);
    assert.equal(sent().length, 1, 'what was answered is not asked again');
    server.heal();
    server.add({ match: lines.apps, fault: denied });
    const withoutApps = await read(second, true);
    assert.deepEqual([withoutApps.rows, withoutApps.state, withoutApps.kind], [1, 'partial', 'forbidden']);
  });

  it('is denied where the right to both is missing', async () => {
    await serve({ match: /^BATCHED/, fault: status(403) });
    const { rows, state, kind } = await read();
    assert.deepEqual([rows, state, kind], [0, 'denied', 'forbidden']);
  });

  it('waits as long as one of the replies says, and asks for that one alone', async () => {
    await serve({ match: members, fault: status(429, moment), times: 2 });
    const { rows, state } = await read();
    assert.deepEqual([rows, state], [8, 'complete']);
    assert.deepEqual([server.count(lines.batch), server.count(lines.apps), server.count(members)], [1, 1, 3]);
  });

  it('does not wait for an hour', async () => {
    await serve({ match: /^BATCHED .*\/members/, fault: throttle(3600) });
    const { rows, state, kind, retryAt } = await read();
    assert.deepEqual([rows, state, kind], [0, 'throttled', 'throttled']);
    const wait = Date.parse(retryAt ?? '') - Date.now();
    assert.ok(wait > 3_500_000 && wait <= 3_600_000, String(wait));
    assert.equal(sent().length, 1);
    server.heal();
    server.add({ match: lines.apps, fault: throttle(3600) });
    const half = await read(first, true);
    assert.deepEqual([half.rows, half.state, half.kind], [5, 'partial', 'throttled']);
  });

  it('tries again what was not available for a moment', async () => {
    await serve({ match: lines.apps, fault: status(503), times: 3 });
    const { rows, state } = await read();
    assert.deepEqual([rows, state], [8, 'complete']);
    assert.deepEqual([server.count(lines.batch), server.count(lines.apps)], [1, 4]);
    server.add({ match: lines.apps, fault: status(500) });
    const { state: after, kind } = await read(first, true);
    assert.deepEqual([after, kind], ['partial', 'unavailable']);
    assert.equal(server.count(lines.apps), 8);
  });

  it('says so where the token is refused for one', async () => {
    await serve({ match: members, fault: status(401) });
    const { rows, state, kind } = await read();
    assert.deepEqual([rows, state, kind], [3, 'partial', 'notSignedIn']);
  });

  it('looks for apps the other way where the list of them is not there', async () => {
    await serve({ match: lines.apps, fault: status(400) });
    const { rows, state } = await read();
    assert.deepEqual([rows, state], [8, 'complete']);
    assert.equal(server.count(lines.expandedMembers), 1);
  });

  it('asks alone for what was not answered', async () => {
    const without = (id: string) =>
      json((body) => ({
        responses: (body as { responses: { id: string }[] }).responses.filter((one) => one.id !== id),
      }));
    await serve({ match: lines.batch, fault: without('1') });
    assert.deepEqual(await read().then(({ rows, state }) => [rows, state]), [8, 'complete']);
    server.heal();
    server.add({ match: lines.batch, fault: json(() => ({ responses: [] })) });
    assert.deepEqual(await read(first, true).then(({ rows, state }) => [rows, state]), [8, 'complete']);
  });

  it('follows no page elsewhere', async () => {
    const elsewhere = json((body) => ({ ...(body as object), '@odata.nextLink': 'https://evil.example/' }));
    await serve({ match: members, fault: elsewhere });
    const { rows, state, kind } = await read();
    assert.deepEqual([rows, state, kind], [8, 'partial', 'badResponse']);
  });

  it('keeps the rows of one where the other is no list', async () => {
    await serve({ match: lines.apps, fault: json(() => ({ value: null })) });
    const { rows, state, kind } = await read();
    assert.deepEqual([rows, state, kind], [5, 'partial', 'badResponse']);
  });
});
