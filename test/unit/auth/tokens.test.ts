import assert from 'node:assert/strict';
import { createAccessToken } from '../../../src/auth/accessToken.ts';
import { createTenantSecrets } from '../../../src/auth/tenantSecrets.ts';
import { createTokens } from '../../../src/auth/tokens.ts';
import type { SecretStore } from '../../../src/core/auth/secrets.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { createEmitter } from '../../../src/core/event.ts';
import { translate } from '../../support/fakeCommandDeps.ts';

function memorySecrets() {
  const values = new Map<string, string>();
  const changed = createEmitter<string>();
  const writes: string[] = [];
  const secrets: SecretStore = {
    get: async (key) => values.get(key),
    set: async (key, value) => {
      writes.push(key);
      values.set(key, value);
      changed.fire(key);
    },
    delete: async (key) => {
      values.delete(key);
      changed.fire(key);
    },
    onDidChange: changed.event,
  };
  return { secrets, values, writes };
}

/** Tenants that sign in by a pasted token. */
function pasted(store: SecretStore, identity?: 'microsoft' | 'uipath') {
  const secrets = createTenantSecrets(store);
  const tenant = (id: string) => ({
    id,
    provider: 'powerbi',
    name: id,
    isSample: false,
    connection: { provider: 'powerbi', name: id, signIn: 'accessToken' as const },
  });
  const way = createAccessToken({ secrets, t: translate, identity: () => identity });
  const { get } = createTokens({ findSignIn: async () => way, reader: { tenant }, t: translate });
  return {
    get,
    set: (id: string, accessToken: string) => secrets.write(id, { accessToken }),
    delete: (id: string) => secrets.remove(id),
  };
}

const isNotSignedIn = (error: unknown) => isAppError(error, 'notSignedIn');

describe('access tokens', () => {
  it('are kept one secret a tenant, written only when changed', async () => {
    const { secrets, writes } = memorySecrets();
    const tokens = pasted(secrets);
    await tokens.set('a', 'one');
    await tokens.set('a', 'one');
    await tokens.set('b', 'two');
    assert.deepEqual(writes, ['tenant:a', 'tenant:b']);
    assert.equal(await tokens.get('a'), 'one');
    assert.equal(await tokens.get('b'), 'two');
  });

  it('that vanished mean to sign in again', async () => {
    const { secrets, values } = memorySecrets();
    const tokens = pasted(secrets);
    await assert.rejects(tokens.get('a'), isNotSignedIn);
    for (const damaged of ['', 'x', 'null', '{}', '{"accessToken":5}', '{"accessToken":""}']) {
      values.set('tenant:a', damaged);
      await assert.rejects(tokens.get('a'), isNotSignedIn, damaged);
    }
  });

  it('changed by another window are used at once, and after a refusal in any case', async () => {
    const { secrets, values } = memorySecrets();
    const tokens = pasted(secrets);
    await tokens.set('a', 'one');
    assert.equal(await tokens.get('a'), 'one');
    values.set('tenant:a', '{"accessToken":"unheard"}');
    assert.equal(await tokens.get('a'), 'one');
    assert.equal(await tokens.get('a', { token: 'one' }), 'unheard');
    await secrets.set('tenant:a', '{"accessToken":"heard"}');
    assert.equal(await tokens.get('a'), 'heard');
  });

  it('that the service refuses are told with what may be wrong with them', async () => {
    for (const [identity, words] of [
      ['uipath', /personal access token works for local users .* only/],
      ['microsoft', /cannot be renewed/],
      [undefined, /cannot be renewed/],
    ] as const) {
      const { secrets } = memorySecrets();
      const tokens = pasted(secrets, identity);
      await tokens.set('a', 'one');
      const refused = tokens.get('a', { token: 'one' });
      await assert.rejects(refused, (error) => isAppError(error, 'notSignedIn') && words.test(error.message));
    }
  });

  it('are gone when the tenant is', async () => {
    const { secrets, values } = memorySecrets();
    const tokens = pasted(secrets);
    await tokens.set('a', 'one');
    await tokens.delete('a');
    await assert.rejects(tokens.get('a'), isNotSignedIn);
    assert.equal(values.size, 0);
  });
});
