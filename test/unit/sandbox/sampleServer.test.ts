import assert from 'node:assert/strict';
import type { TenantConnection } from '../../../src/core/model.ts';
import type { Tenants } from '../../../src/core/tenants/tenants.ts';
import { createSampleServer } from '../../../src/sandbox/sampleServer.ts';
import { startCore } from '../../support/core.ts';
import { createFakeDeps } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';

describe('the sample tenants', () => {
  it('are added once, however often they are opened at once', async () => {
    const added: TenantConnection[] = [];
    const tenants: Tenants = {
      ...createFakeDeps().tenants,
      add: async (connection) => {
        // As a store does, it takes its time.
        await new Promise(setImmediate);
        added.push(connection);
        return connection.name;
      },
    };
    const held = () =>
      added.map((connection) => {
        const { auth: _, ...kept } = connection;
        return tenantRecord(connection.name, { isSample: true, connection: { ...kept, signIn: 'accessToken' } });
      });
    const samples = createSampleServer();
    await Promise.all([samples.open(tenants, held), samples.open(tenants, held)]);
    await samples.open(tenants, held);
    assert.deepEqual(
      added.map(({ name }) => name),
      ['Contoso', 'Fabrikam', 'Northwind Automation', 'Contoso Directory'],
    );
    await samples.close();
  });

  it('are known again by a server on another port', async () => {
    const samples = createSampleServer();
    const fake = createFakeDeps();
    await samples.open(fake.tenants, () => []);
    const held = fake.added.map(({ auth: _, ...kept }, index) => {
      const endpoint = kept.endpoint?.replace(/:\d+/, ':9') ?? '';
      return tenantRecord(String(index), { isSample: true, connection: { ...kept, endpoint, signIn: 'accessToken' } });
    });
    await samples.open(fake.tenants, () => held);
    assert.equal(fake.added.length, 4);
    await samples.close();
  });

  it('are signed in again when they are opened again', async () => {
    const samples = createSampleServer();
    const core = startCore({ sampleOrigin: samples.origin });
    const held = core.store.reader.tenants;
    try {
      await samples.open(core.tenants, held);
      const [contoso] = held();
      assert.ok(contoso);
      await core.tenants.signOut(contoso.id);
      assert.equal((await core.api.groups(contoso.id)).completeness.kind, 'notSignedIn');
      await samples.open(core.tenants, held);
      assert.equal((await core.api.groups(contoso.id, { refresh: true })).completeness.state, 'complete');
      assert.equal(held().length, 4);
    } finally {
      await samples.close();
      await core.close();
    }
  });
});
