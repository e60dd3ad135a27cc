import assert from 'node:assert/strict';
import type { TenantConnection } from '../../../src/core/model.ts';
import type { Tenants } from '../../../src/core/tenants.ts';
import { createSampleServer } from '../../../src/sandbox/sampleServer.ts';
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
});
