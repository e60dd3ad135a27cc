import assert from 'node:assert/strict';
import { createEmitter } from '../../../src/core/event.ts';
import { createProviderRegistry } from '../../../src/core/provider/providerRegistry.ts';
import type { StoreChange } from '../../../src/core/store.ts';
import { createApi } from '../../../src/publicApi/createApi.ts';
import { createFakeReader } from '../../support/fakeReader.ts';
import { createFakeSync } from '../../support/fakeSync.ts';

describe('the API', () => {
  it('adds and removes tenants once the store is up to date', async () => {
    const done: string[] = [];
    const reader = createFakeReader();
    const api = createApi({
      ready: async () => void done.push('ready'),
      reader,
      sync: createFakeSync(reader),
      tenants: {
        add: async () => {
          done.push('added');
          return 'a';
        },
        remove: async () => void done.push('removed'),
      },
      providers: createProviderRegistry([]),
      onDidChange: createEmitter<StoreChange>().event,
    });
    await api.addTenant({ provider: 'powerbi', name: 'A', auth: { method: 'accessToken', accessToken: 'x' } });
    await api.removeTenant('a');
    assert.deepEqual(done, ['ready', 'added', 'ready', 'removed']);
  });
});
