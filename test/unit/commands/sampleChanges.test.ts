import assert from 'node:assert/strict';
import { addMember } from '../../../src/commands/addMember.ts';
import { removeMember } from '../../../src/commands/removeMember.ts';
import { undoLastChange } from '../../../src/commands/undoLastChange.ts';
import { providers } from '../../../src/providers/index.ts';
import { sampleTenants } from '../../../src/sandbox/sampleTenants.ts';
import { startCore } from '../../support/core.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import type { Reply } from '../../support/fakeUi.ts';
import { startFaultServer } from '../../support/faultServer.ts';

describe('a change in the sample tenants', () => {
  for (const [name, someone, right] of [
    ['Contoso', 'Zoë', 'Viewer'],
    ['Northwind', 'Mira', undefined],
  ] as const) {
    it(`of ${name} can be tried: who is searched for is found, added and removed, and it is undone`, async () => {
      const server = await startFaultServer({ tenants: sampleTenants() });
      const core = startCore();
      try {
        for (const connection of server.connections) await core.api.addTenant(connection);
        const { reader, writer } = core.store;
        const tenant = reader.tenants().find((one) => one.name.startsWith(name));
        assert.ok(tenant);
        const tenantId = tenant.id;
        await writer.setAllowsChanges(tenantId, true);
        const changes = await core.sync.changes();
        const { principals, problem } = await changes.search(tenantId, someone, new AbortController().signal);
        assert.equal(problem, undefined);
        const [found] = principals.filter(({ principalType }) => principalType === 'user');
        assert.ok(found, `nobody of ${principals.length}`);
        const { items: groups } = await core.api.groups(tenantId);
        const members = async (groupId: string) => {
          const { items } = await core.api.members(tenantId, groupId, { refresh: true });
          return items.filter(({ email, name: its }) => email === found.email || its === found.name);
        };
        const isFree = await Promise.all(
          groups.map(async ({ id, kind }) => kind !== 'builtIn' && (await members(id)).length === 0),
        );
        const group = groups.find(({ name: its }, index) => isFree[index] && !/Board|Town Hall/.test(its));
        assert.ok(group);
        const deps = (...replies: Reply[]) => ({
          ...createFakeDeps(...replies),
          ...{ reader, sync: core.sync, providers: () => providers, allowChanges: writer.setAllowsChanges },
        });
        const rights = right === undefined ? [] : [right];
        await run(addMember, deps(`${someone} → ${found.name}`, ...rights, 'Add'), { tenantId, groupId: group.id });
        const [added] = await members(group.id);
        assert.ok(added);
        await run(removeMember, deps('Remove'), { tenantId, groupId: group.id, memberId: added.id });
        assert.deepEqual(await members(group.id), []);
        await run(undoLastChange, deps('Add'));
        assert.equal((await members(group.id)).length, 1);
      } finally {
        await core.close();
        await server.close();
      }
    });
  }
});
