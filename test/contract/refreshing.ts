import assert from 'node:assert/strict';
import { json } from '../support/faults.ts';
import { lines } from './lines.ts';
import { idsOf, type OpenApi, useStage } from './stage.ts';
import { plainPowerBI, powerBIWith, user, workspace } from './tenants.ts';

interface Body {
  readonly value: readonly { readonly users?: readonly object[] }[];
}

/** Rules 8 and 10: what a refresh asks for, and what the admin scope brings. */
export function describeRefreshing(open: OpenApi): void {
  describe('rules 8 and 10: refresh, and the admin scope', () => {
    const stage = useStage(open);

    it('refreshes the groups without their members', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      await stage.api.loadAll(tenantId);
      const asked = server.requests.length;
      await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual(
        server.requests.slice(asked).map(({ line }) => lines.groups.test(line)),
        [true],
      );
    });

    it("refreshes one group's members alone", async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(3));
      const { items } = await stage.api.groups(tenantId);
      await stage.api.loadAll(tenantId);
      const asked = server.requests.length;
      await stage.api.members(tenantId, items[1]?.id ?? '', { refresh: true });
      assert.equal(server.requests.length, asked + 1);
      assert.ok(server.requests.at(-1)?.line.includes(`/${items[1]?.id}/users`));
    });

    it('brings groups with their members in the admin scope, and sends nothing more', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(20, 4, 'admin'));
      const { items } = await stage.api.groups(tenantId);
      for (const { id } of items) {
        const members = await stage.api.members(tenantId, id);
        assert.deepEqual([members.items.length, members.completeness.state], [4, 'complete']);
      }
      assert.equal(server.count(lines.anything), 1);
      await stage.api.members(tenantId, items[0]?.id ?? '', { refresh: true });
      assert.deepEqual([server.count(lines.adminGroups), server.count(lines.adminMembers)], [1, 1]);
    });

    it('reloads groups with their members in the admin scope', async () => {
      const { server, tenantId } = await stage.serve(
        powerBIWith([workspace('W', [user('Ada'), user('Bob')])], 'admin'),
      );
      await stage.api.groups(tenantId);
      const left = json((body) => ({
        ...(body as object),
        value: (body as Body).value.map((group) => ({ ...group, users: group.users?.slice(1) })),
      }));
      server.add({ match: lines.adminGroups, fault: left });
      await stage.api.groups(tenantId, { refresh: true });
      const { items, completeness } = await stage.api.members(tenantId, 'w-W');
      assert.deepEqual([idsOf(items), completeness.state], [['bob@contoso.example'], 'complete']);
      assert.equal(server.count(lines.adminMembers), 0);
    });

    it('does not take members for none that did not come along', async () => {
      const denied = workspace('Denied', [], { isMemberListDenied: true });
      const { server, tenantId } = await stage.serve(powerBIWith([workspace('Empty', []), denied], 'admin'));
      await stage.api.groups(tenantId);
      assert.equal((await stage.api.members(tenantId, 'w-Empty')).completeness.state, 'complete');
      assert.equal((await stage.api.members(tenantId, 'w-Denied')).completeness.state, 'denied');
      assert.equal(server.count(lines.adminMembers), 1);
    });

    it('is partial for a group that came along with members that cannot be read', async () => {
      const broken = json((body) => ({
        ...(body as object),
        value: (body as Body).value.map((group) => ({ ...group, users: [...(group.users ?? []), { identifier: 7 }] })),
      }));
      const tenant = powerBIWith([workspace('W', [user('Ada')])], 'admin');
      const { tenantId } = await stage.serve(tenant, [{ match: lines.adminGroups, fault: broken }]);
      assert.equal((await stage.api.groups(tenantId)).completeness.state, 'complete');
      const { items, completeness } = await stage.api.members(tenantId, 'w-W');
      assert.deepEqual([items.length, completeness.state, completeness.kind], [1, 'partial', 'badResponse']);
    });
  });
}
