import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextChange } from '../../contract/changes.ts';
import { lines } from '../../contract/lines.ts';
import { rejectsWith } from '../../contract/stage.ts';
import { plainPowerBI } from '../../contract/tenants.ts';
import { type Core, memorySecrets, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';

describe('two windows over one store', () => {
  let folder: string;
  let one: Core;
  let other: Core;
  let server: FaultServer;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-windows-'));
    const secrets = memorySecrets();
    one = startCore({ folder, secrets });
    other = startCore({ folder, secrets });
    server = await startFaultServer({ tenants: [plainPowerBI(3, 2)] });
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close(), server.close()]);
    assert.deepEqual([...one.errors, ...other.errors], []);
    rmSync(folder, { recursive: true, force: true });
  });

  async function add(): Promise<string> {
    const [connection] = server.connections;
    assert.ok(connection);
    return one.api.addTenant(connection);
  }

  it('tells each what the other changed', async () => {
    const noticed = nextChange(other.api, () => true);
    const tenantId = await add();
    assert.equal((await noticed).tenantId, tenantId);
    assert.deepEqual(await other.api.tenants(), await one.api.tenants());

    const loaded = nextChange(other.api, (change) => change.tenantId === tenantId);
    const groups = await one.api.groups(tenantId);
    await loaded;
    assert.deepEqual(await other.api.groups(tenantId), groups);
    assert.equal(server.count(lines.anything), 1);

    const refreshed = nextChange(one.api, (change) => change.tenantId === tenantId);
    await other.api.groups(tenantId, { refresh: true });
    await refreshed;
    assert.equal(server.count(lines.groups), 2);

    const removed = nextChange(other.api, (change) => change.tenantId === tenantId);
    await one.api.removeTenant(tenantId);
    await removed;
    assert.deepEqual(await other.api.tenants(), []);
    await rejectsWith('notFound', other.api.groups(tenantId));
  });

  it('can load the same listing at once', async () => {
    const tenantId = await add();
    await Promise.all([one, other, one, other].map(({ api }) => api.loadAll(tenantId, { refresh: true })));
    for (const { api } of [one, other]) {
      const { state, count } = await api.loadAll(tenantId);
      assert.deepEqual([state, count], ['complete', 6]);
      assert.equal((await api.groups(tenantId)).items.length, 3);
    }
  });

  it("reads the other's rows after both have closed", async () => {
    const tenantId = await add();
    const groups = await one.api.groups(tenantId);
    await one.close();
    await other.close();
    const third = startCore({ folder });
    try {
      assert.deepEqual(await third.api.groups(tenantId), groups);
      assert.equal(server.count(lines.anything), 1);
    } finally {
      await third.close();
    }
  });
});
