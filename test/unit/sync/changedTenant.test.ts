import assert from 'node:assert/strict';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { plainPowerBI } from '../../contract/tenants.ts';
import { memorySecrets, startCore } from '../../support/core.ts';
import { startFaultServer } from '../../support/faultServer.ts';
import { hold, pageCap, throttle } from '../../support/faults.ts';

const never = new AbortController().signal;

describe('a tenant that is changed while it is read', () => {
  for (const where of ['this window', 'another window'] as const) {
    it(`by ${where} never has its new token sent to the old address`, async () => {
      const secrets = memorySecrets();
      const reading = startCore({ secrets });
      const changing = where === 'this window' ? reading : startCore({ secrets, folder: reading.folder });
      const gate = hold();
      const old = await startFaultServer({ tenants: [plainPowerBI(300)] });
      const next = await startFaultServer({ tenants: [plainPowerBI(3)] });
      try {
        old.add({ match: /groups\?/, fault: pageCap(100) });
        old.add({ match: /skip=100/, fault: gate.fault });
        const [connection] = old.connections;
        assert.ok(connection);
        const id = await reading.api.addTenant(connection);
        const load = reading.api.groups(id).catch(() => undefined);
        await gate.reached;
        const endpoint = next.connections[0]?.endpoint ?? '';
        await changing.tenants.edit(id, { endpoint, auth: { method: 'accessToken', accessToken: 'the-new-token' } });
        gate.release();
        await load;
        assert.ok(old.requests.every(({ headers }) => !headers.authorization?.includes('the-new-token')));
        assert.equal(old.count(/skip=200/), 0);
        await assert.rejects(reading.tenants.tryChange(id, {}, never));
        assert.ok(next.requests.at(-1)?.headers.authorization?.includes('the-new-token'));
      } finally {
        await reading.close();
        if (changing !== reading) await changing.close();
        await Promise.all([old.close(), next.close()]);
      }
    });
  }

  it('forgets what other workspaces were chosen before, and tells none of them as gone', async () => {
    const core = startCore();
    const tenant = generateTenant({
      provider: 'powerbi',
      groups: 40,
      membersPerGroup: 2,
      scope: 'admin',
      isMixed: true,
    });
    const server = await startFaultServer({ tenants: [tenant] });
    try {
      const [connection] = server.connections;
      assert.ok(connection);
      const { api, tenants, store } = core;
      const id = await api.addTenant(connection);
      assert.equal((await api.groups(id)).items.length, 40);
      await tenants.edit(id, { name: 'Another name' });
      assert.equal(store.reader.countGroups(id), 40);
      const choice = { leaveOut: ['personal', 'deleted', 'orphaned'] } as const;
      await tenants.tryChange(id, { workspaces: choice }, never);
      assert.match(server.requests.at(-1)?.line ?? '', /\$top=1&\$filter=/);
      await tenants.edit(id, { workspaces: choice });
      assert.deepEqual(store.reader.completeness({ list: 'groups', tenantId: id }), { state: 'notLoaded' });
      assert.equal(store.reader.countGroups(id), 0);
      const { items, completeness } = await api.groups(id);
      assert.deepEqual([items.length, completeness.state], [28, 'complete']);
      await tenants.edit(id, { workspaces: {} });
      assert.equal((await api.groups(id)).items.length, 40);
      assert.deepEqual(store.reader.removed(id, { offset: 0, limit: 10 }), []);
    } finally {
      await core.close();
      await server.close();
    }
  });

  it('keeps its load when only its name is changed', async () => {
    const core = startCore();
    const gate = hold();
    const server = await startFaultServer({
      tenants: [plainPowerBI(3)],
      rules: [{ match: /groups\?/, fault: gate.fault }],
    });
    try {
      const [connection] = server.connections;
      assert.ok(connection);
      const id = await core.api.addTenant(connection);
      const load = core.api.groups(id);
      await gate.reached;
      await core.tenants.edit(id, { name: 'Another name' });
      gate.release();
      assert.equal((await load).completeness.state, 'complete');
    } finally {
      await core.close();
      await server.close();
    }
  });
});

describe('the age of what is held', () => {
  it('is not renewed by a load that brought nothing', async () => {
    const core = startCore();
    const server = await startFaultServer({ tenants: [plainPowerBI(300)] });
    try {
      const [connection] = server.connections;
      assert.ok(connection);
      const id = await core.api.addTenant(connection);
      server.add({ match: /groups\?/, fault: pageCap(100) });
      const remove = server.add({ match: /skip=100/, fault: throttle(3600) });
      const first = await core.api.groups(id);
      assert.deepEqual([first.completeness.state, first.items.length], ['partial', 100]);
      remove();
      server.add({ match: /groups\?/, fault: throttle(3600) });
      const second = await core.api.groups(id, { refresh: true });
      assert.deepEqual([second.completeness.state, second.items.length], ['throttled', 100]);
      assert.equal(second.completeness.asOf, first.completeness.asOf);
    } finally {
      await core.close();
      await server.close();
    }
  });

  it('of a whole tenant is that of its oldest part', async () => {
    const core = startCore();
    const server = await startFaultServer({ tenants: [plainPowerBI(2)] });
    try {
      const [connection] = server.connections;
      assert.ok(connection);
      const id = await core.api.addTenant(connection);
      const first = await core.api.loadAll(id);
      const oldest = (await core.api.groups(id)).completeness.asOf;
      assert.equal(first.asOf, oldest);
      const groups = await core.api.groups(id, { refresh: true });
      const second = await core.api.loadAll(id);
      assert.equal(second.state, 'complete');
      assert.ok((second.asOf ?? '') < (groups.completeness.asOf ?? ''), `${second.asOf} ${groups.completeness.asOf}`);
    } finally {
      await core.close();
      await server.close();
    }
  });
});
