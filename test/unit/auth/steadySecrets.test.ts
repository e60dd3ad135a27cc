import assert from 'node:assert/strict';
import { createMemorySecrets } from '../../../src/auth/memorySecrets.ts';
import { createSteadySecrets } from '../../../src/auth/steadySecrets.ts';
import type { SecretStore } from '../../../src/core/auth/secrets.ts';
import { silentLogger } from '../../../src/core/logger.ts';

function failing() {
  const real = createMemorySecrets();
  const state = { fails: true, told: 0 };
  const attempt = <T>(work: () => Promise<T>) => (state.fails ? Promise.reject(new Error('keyring')) : work());
  const store: SecretStore = {
    get: (key) => attempt(() => real.get(key)),
    set: (key, value) => attempt(() => real.set(key, value)),
    delete: (key) => attempt(() => real.delete(key)),
    onDidChange: real.onDidChange,
  };
  const secrets = createSteadySecrets(store, {
    log: silentLogger,
    onFailure: () => {
      state.told += 1;
    },
  });
  return { secrets, real, state };
}

describe('a secret store that fails', () => {
  it('is told of once, and goes on in memory', async () => {
    const { secrets, state } = failing();
    await secrets.set('a', 'one');
    await secrets.set('b', 'two');
    assert.equal(await secrets.get('a'), 'one');
    await secrets.delete('a');
    assert.equal(await secrets.get('a'), undefined);
    assert.equal(await secrets.get('b'), 'two');
    assert.equal(state.told, 1);
  });

  it('is written to again when it works again', async () => {
    const { secrets, real, state } = failing();
    await secrets.set('a', 'one');
    state.fails = false;
    assert.equal(await secrets.get('a'), 'one');
    await secrets.set('a', 'two');
    assert.equal(await real.get('a'), 'two');
  });

  it('yields to what another window wrote since, and keeps its own value until then', async () => {
    const { secrets, real, state } = failing();
    state.fails = false;
    await secrets.set('a', 'old');
    state.fails = true;
    await secrets.set('a', 'mine');
    state.fails = false;
    assert.equal(await secrets.get('a'), 'mine');
    await real.set('a', 'theirs');
    assert.equal(await secrets.get('a'), 'theirs');
  });
});
