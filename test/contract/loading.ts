import assert from 'node:assert/strict';
import { hold, status } from '../support/faults.ts';
import { lines } from './lines.ts';
import { type OpenApi, rejectsWith, useStage } from './stage.ts';
import { plainPowerBI } from './tenants.ts';

/** Rule 1: what is loaded, and when. */
export function describeLoading(open: OpenApi): void {
  describe('rule 1: loading', () => {
    const stage = useStage(open);

    it('loads a listing that was never loaded, once', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(3, 2));
      const first = await stage.api.groups(tenantId);
      assert.equal(first.completeness.state, 'complete');
      assert.equal(first.items.length, 3);
      assert.deepEqual(await stage.api.groups(tenantId), first);
      const groupId = first.items[0]?.id ?? '';
      const members = await stage.api.members(tenantId, groupId);
      assert.equal(members.items.length, 2);
      assert.deepEqual(await stage.api.members(tenantId, groupId), members);
      assert.equal(server.count(lines.groups), 1);
      assert.equal(server.count(lines.members), 1);
    });

    it('sends one request for twenty equal callers', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(3, 2));
      const all = await Promise.all(Array.from({ length: 20 }, () => stage.api.groups(tenantId)));
      assert.deepEqual(new Set(all.map(({ items }) => items.length)), new Set([3]));
      assert.equal(server.count(lines.anything), 1);
      const groupId = all[0]?.items[0]?.id ?? '';
      await Promise.all(Array.from({ length: 20 }, () => stage.api.members(tenantId, groupId)));
      assert.equal(server.count(lines.members), 1);
      await Promise.all(Array.from({ length: 20 }, () => stage.api.groups(tenantId, { refresh: true })));
      assert.equal(server.count(lines.groups), 2);
    });

    it('asks again on refresh', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      const { items } = await stage.api.groups(tenantId);
      await stage.api.groups(tenantId, { refresh: true });
      assert.equal(server.count(lines.groups), 2);
      await stage.api.members(tenantId, items[0]?.id ?? '');
      await stage.api.members(tenantId, items[0]?.id ?? '', { refresh: true });
      assert.equal(server.count(lines.members), 2);
    });

    it('does not ask again after a failure, unless on refresh', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2), [{ match: lines.groups, fault: status(404) }]);
      const failed = await stage.api.groups(tenantId);
      assert.equal(failed.completeness.state, 'failed');
      assert.deepEqual(await stage.api.groups(tenantId), failed);
      assert.equal(server.count(lines.anything), 1);
      server.heal();
      assert.equal((await stage.api.groups(tenantId, { refresh: true })).completeness.state, 'complete');
    });

    it('waits for a load that runs instead of resolving with `loading`', async () => {
      const held = hold();
      const { server, tenantId } = await stage.serve(plainPowerBI(2), [{ match: lines.groups, fault: held.fault }]);
      const first = stage.api.groups(tenantId);
      await held.reached;
      const second = stage.api.groups(tenantId);
      held.release();
      assert.deepEqual(await second, await first);
      assert.equal((await second).completeness.state, 'complete');
      assert.equal(server.count(lines.groups), 1);
    });

    it('loads the groups first for members of a group that is not known yet', async () => {
      const tenant = plainPowerBI(2);
      const { server, tenantId } = await stage.serve(tenant);
      const groupId = tenant.provider === 'powerbi' ? (tenant.workspaces.slice(0, 1)[0]?.id ?? '') : '';
      assert.equal((await stage.api.members(tenantId, groupId)).items.length, 1);
      assert.deepEqual([server.count(lines.groups), server.count(lines.members)], [1, 1]);
    });

    it('rejects for what is not there', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1));
      await rejectsWith('notFound', stage.api.members(tenantId, 'no-such-group'));
      assert.equal(server.count(lines.groups), 1);
      assert.equal(server.count(lines.members), 0);
      await rejectsWith('notFound', stage.api.groups('no-such-tenant'));
      await rejectsWith('notFound', stage.api.members('no-such-tenant', 'no-such-group'));
      await rejectsWith('notFound', stage.api.loadAll('no-such-tenant'));
      await rejectsWith('notFound', stage.api.removeTenant('no-such-tenant'));
    });

    it('forgets a tenant that is removed, with a load that runs', async () => {
      const held = hold();
      const { server, tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: held.fault }]);
      const loading = rejectsWith('cancelled', stage.api.groups(tenantId));
      await held.reached;
      await stage.api.removeTenant(tenantId);
      await loading;
      await (await server.received(lines.groups)).abandoned;
      await rejectsWith('notFound', stage.api.groups(tenantId));
      assert.ok(!(await stage.api.tenants()).some(({ id }) => id === tenantId));
    });
  });
}
