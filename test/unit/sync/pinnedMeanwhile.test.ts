import assert from 'node:assert/strict';
import { plainPowerBI } from '../../contract/tenants.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';

describe('a group that is pinned while its tenant is read whole', () => {
  let server: FaultServer;
  let core: Core;

  beforeEach(async () => {
    // More than are looked up at once.
    server = await startFaultServer({ tenants: [plainPowerBI(510)] });
    core = startCore();
  });
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  for (const isPinned of [true, false]) {
    it(`is read, and so are all others, when it is ${isPinned ? 'pinned' : 'unpinned'}`, async function () {
      this.timeout(60_000);
      const { reader, writer } = core.store;
      const [connection] = server.connections;
      assert.ok(connection);
      const tenantId = await core.api.addTenant(connection);
      await core.api.groups(tenantId);
      // The last one comes first, or goes back to the end, when some are read already.
      const groupId = reader.groups(tenantId, { offset: 509, limit: 1 })[0]?.id ?? '';
      if (!isPinned) await writer.setPinned(tenantId, groupId, true);
      const pinning = Promise.withResolvers<void>();
      const listening = core.sync.onDidProgressAll(({ done }) => {
        if (done < 10) return;
        listening.dispose();
        writer.setPinned(tenantId, groupId, isPinned).then(pinning.resolve, pinning.reject);
      });
      const { state } = await core.api.loadAll(tenantId);
      await pinning.promise;
      assert.equal(state, 'complete');
      assert.equal(server.count(/\/users/), 510);
    });
  }
});
