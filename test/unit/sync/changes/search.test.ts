import assert from 'node:assert/strict';
import { generateTenant } from '../../../../src/sandbox/generatedTenant.ts';
import { startFaultServer } from '../../../support/faultServer.ts';
import { status } from '../../../support/faults.ts';
import { openStage, powerbi, type Stage, uipath } from './stage.ts';

describe('whom a directory knows', () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const { signal } = new AbortController();

  it('is asked of the organization itself, and who is found can be added', async () => {
    stage = await openStage(uipath());
    const [group, other] = stage.groups;
    assert.ok(group && other);
    const held = new Set((await stage.actual(group.id)).map(({ identifier }) => identifier));
    const wanted = (await stage.actual(other.id)).find(({ identifier }) => !held.has(identifier));
    assert.ok(wanted);
    const { principals, problem } = await stage.changes.search(stage.tenantId, wanted.name.slice(0, 5), signal);
    assert.equal(problem, undefined);
    const found = principals.find(({ name }) => name === wanted.name);
    assert.ok(found);
    const { results } = await stage.apply(stage.add(group, found));
    assert.equal(results[0]?.outcome, 'applied');
    assert.ok((await stage.actual(group.id)).some(({ identifier }) => identifier === wanted.identifier));
  });

  it('is asked of the Entra tenant of the same directory, and of no other', async () => {
    stage = await openStage(powerbi());
    const directory = generateTenant({ provider: 'entra', groups: 3, membersPerGroup: 5 });
    const server = await startFaultServer({ tenants: [directory] });
    try {
      const [connection] = server.connections;
      assert.ok(connection?.directoryId);
      const { core, changes, tenantId } = stage;
      const directoryId = await core.api.addTenant(connection);
      const { items } = await core.api.groups(directoryId);
      const members = await core.api.members(directoryId, items[0]?.id ?? '');
      const person = members.items.find(({ principalType }) => principalType === 'user');
      assert.ok(person);
      server.forget();
      const without = await changes.search(tenantId, person.name, signal);
      assert.match(without.problem ?? '', /No directory/);
      assert.equal(server.requests.length, 0);

      const own = core.store.reader.tenant(tenantId);
      assert.ok(own);
      await core.store.writer.updateTenant(tenantId, {
        connection: { ...own.connection, directoryId: connection.directoryId.toUpperCase() },
      });
      const { principals, problem } = await changes.search(tenantId, person.name, signal);
      assert.ok(
        principals.some(({ email }) => email === person.email),
        problem,
      );

      server.add({
        match: /users|groups|servicePrincipals/,
        fault: status(403, { body: { error: { message: 'No.' } } }),
      });
      assert.match((await changes.search(tenantId, person.name, signal)).problem ?? '', /403/);
    } finally {
      await server.close();
    }
  });
});
