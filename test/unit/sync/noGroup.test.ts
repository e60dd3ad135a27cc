import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import { createProviderRegistry } from '../../../src/core/provider/providerRegistry.ts';
import { createApi } from '../../../src/publicApi/createApi.ts';
import { createWholeTenants } from '../../../src/sync/wholeTenants.ts';
import { lines } from '../../contract/lines.ts';
import { rejectsWith } from '../../contract/stage.ts';
import { identityGroup, person, plainPowerBI, uiPathWith } from '../../contract/tenants.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { pageCap, reset, status, throttle } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';

const robots = /\/api\/RobotAccount\/[^/]+\?/;
const signal = new AbortController().signal;
const organization = {
  ...uiPathWith([identityGroup('Finance', [person('Ada'), person('Bob')])], {
    directory: ['Cem', 'Dora', 'Eve'].map((name) => person(name)),
  }),
  robotAccounts: [null, ['a-group'], []].map((groupIds, index) => ({
    id: `robot-${index}`,
    name: `robot-${index}`,
    displayName: `Robot ${index}`,
    creationTime: '2024-01-01T00:00:00.0000000',
    lastLoginTime: null,
    groupIds,
  })),
};

describe('users and robots in no group', () => {
  let core: Core;
  let server: FaultServer;
  let tenantId: string;

  beforeEach(async () => {
    core = startCore({ pause: quickPause });
    server = await startFaultServer({ tenants: [organization] });
    const [connection] = server.connections;
    assert.ok(connection);
    tenantId = await core.api.addTenant(connection);
  });
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  const listing = () => ({ list: 'members', tenantId, groupId: noGroupId }) as const;
  const names = () => core.store.reader.members(tenantId, noGroupId, { offset: 0, limit: 100 }).map(({ name }) => name);

  it('are read by pages of users and robot accounts, never one by one', async () => {
    server.add({ match: lines.directory, fault: pageCap(2) });
    const { state, count } = await core.sync.load(listing());
    assert.deepEqual([state, count, names()], ['complete', 5, ['Cem', 'Dora', 'Eve', 'Robot 0', 'Robot 2']]);
    assert.deepEqual([server.count(lines.directory), server.count(robots), server.count(lines.anything)], [2, 1, 3]);
    await core.sync.load(listing());
    assert.equal(server.count(lines.anything), 3);
    await core.sync.load(listing(), { refresh: true });
    assert.equal(server.count(lines.anything), 6);
  });

  it('are nothing to the API, which sends nothing for them', async () => {
    const { sync, tenants, store } = core;
    const { reader, onDidChange } = store;
    // Each change at once, rather than several as one.
    const api = createApi({
      ready: async () => undefined,
      reader,
      sync,
      tenants,
      providers: createProviderRegistry([]),
      onDidChange,
    });
    const changes: (string | undefined)[] = [];
    api.onDidChange(({ groupId }) => changes.push(groupId));
    assert.equal((await core.api.loadAll(tenantId)).state, 'complete');
    assert.equal(server.count(lines.anything), 1);
    await core.sync.load(listing());
    const { items } = await core.api.groups(tenantId);
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Finance'],
    );
    await rejectsWith('notFound', core.api.members(tenantId, noGroupId));
    assert.deepEqual((await core.api.findAccess('Cem')).items, []);
    await core.api.members(tenantId, items[0]?.id ?? '', { refresh: true });
    assert.ok(changes.includes(items[0]?.id) && !changes.includes(noGroupId), JSON.stringify(changes));
  });

  it('are nothing to the API, and marks neither', async () => {
    const heard: unknown[] = [];
    const { reader, onDidChange, writer } = core.store;
    const api = createApi({
      ...{ ready: async () => undefined, reader, sync: core.sync, tenants: core.tenants },
      ...{ providers: createProviderRegistry([]), onDidChange },
    });
    const { items } = await api.groups(tenantId);
    const [first] = items;
    assert.ok(first);
    api.onDidChange((change) => heard.push(change));
    let marks = 0;
    onDidChange(() => marks++);
    await writer.setPinned(tenantId, first.id, true);
    const ref = { finding: 'noAdmin', tenantId, groupId: first.id, memberId: '', accessRight: '' } as const;
    await writer.ignoreFindings([ref], { reason: 'so', by: 'ada' });
    assert.deepEqual([heard, marks], [[], 2]);
  });

  for (const [what, match, fault, expected] of [
    ['users are denied', lines.directory, status(403), ['denied', 'forbidden', 0]],
    ['robots are denied', robots, status(403), ['partial', 'forbidden', 3]],
    ['robots have no route', robots, status(404), ['partial', 'notFound', 3]],
    ['users have no route', lines.directory, status(405), ['failed', 'invalid', 0]],
    ['users are throttled', lines.directory, throttle(3600), ['throttled', 'throttled', 0]],
    ['the network fails', robots, reset(), ['partial', 'offline', 3]],
  ] as const) {
    it(`do not make a whole tenant incomplete when ${what}`, async () => {
      server.add({ match, fault });
      const wholeTenants = createWholeTenants({
        sync: core.sync,
        reader: core.store.reader,
        hasUngrouped: () => true,
        log: silentLogger,
        onFailed: assert.fail,
      });
      assert.equal((await wholeTenants.load(tenantId, signal)).state, 'complete');
      const { state, kind, count, reason } = core.store.reader.completeness(listing());
      assert.deepEqual([state, kind, count], expected);
      if (what === 'robots are denied') assert.match(reason ?? '', /PM\.RobotAccount\.Read/);
      wholeTenants.dispose();
    });
  }

  it('are no list of a service that does not tell them', async () => {
    const other = await startFaultServer({ tenants: [plainPowerBI(1)] });
    try {
      const [connection] = other.connections;
      assert.ok(connection);
      const id = await core.api.addTenant(connection);
      const { kind } = await core.sync.load({ list: 'members', tenantId: id, groupId: noGroupId });
      assert.deepEqual([kind, other.count(lines.anything)], ['invalid', 0]);
    } finally {
      await other.close();
    }
  });
});
