import assert from 'node:assert/strict';
import { lines } from '../../contract/lines.ts';
import { assertUnique } from '../../contract/stage.ts';
import { plainPowerBI } from '../../contract/tenants.ts';
import { startCore } from '../../support/core.ts';
import { startFaultServer } from '../../support/faultServer.ts';

describe('a tenant of 100,000 groups', () => {
  it('is listed whole', async () => {
    const core = startCore();
    const server = await startFaultServer({ tenants: [plainPowerBI(100_000)] });
    try {
      const [connection] = server.connections;
      assert.ok(connection);
      const { items, completeness } = await core.api.groups(await core.api.addTenant(connection));
      assert.deepEqual([completeness.state, completeness.count, items.length], ['complete', 100_000, 100_000]);
      assertUnique(items);
      // Twenty full pages, and an empty one that ends them.
      assert.equal(server.count(lines.groups), 21);
    } finally {
      await core.close();
      await server.close();
    }
  }).timeout(60_000);
});
