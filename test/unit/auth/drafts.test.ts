import assert from 'node:assert/strict';
import { beginTenant } from '../../../src/auth/drafts.ts';
import { createMemorySecrets } from '../../../src/auth/memorySecrets.ts';
import { createTenantSecrets } from '../../../src/auth/tenantSecrets.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import { noPrompts } from '../../support/core.ts';

describe('a tenant that is being added', () => {
  const connection = { provider: 'powerbi', name: 'Contoso', signIn: 'accessToken' } as const;
  let added: string[];
  let first: string | undefined;
  let failing: string[];

  beforeEach(() => {
    added = [];
    first = undefined;
    failing = [];
  });

  async function begin() {
    const secrets = createMemorySecrets();
    const draft = await beginTenant(
      {
        writer: {
          addTenant: async ({ id, name }) => {
            if (failing.includes(name)) throw new AppError('unavailable', 'The disk is full.');
            first ??= id;
            added.push(id);
          },
          removeTenant: async (id) => {
            if (failing.includes('removal')) throw new AppError('unavailable', 'The disk is full.');
            added = added.filter((one) => one !== id);
          },
        },
        secrets: createTenantSecrets(secrets),
        findSignIn: () => Promise.reject(new Error('Nobody signs in here.')),
        prompts: noPrompts,
        recheck: (own, details) => ({ ...own, ...(details.name === undefined ? {} : { name: details.name }) }),
        checkHost: () => undefined,
        tryConnection: async () => undefined,
      },
      { connection, secret: { accessToken: 'secret' } },
    );
    return { draft, secretOf: (id: string) => secrets.get(`tenant:${id}`) };
  }

  const names = [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }];

  it('is kept as several, with its secret', async () => {
    const { draft, secretOf } = await begin();
    const ids = await draft.keep(names);
    assert.deepEqual(added, ids);
    assert.equal(ids.length, 3);
    assert.equal(await secretOf(ids[0] ?? ''), '{"accessToken":"secret"}');
  });

  it('leaves neither tenants nor a secret behind when one of several cannot be kept', async () => {
    const { draft, secretOf } = await begin();
    failing = ['Three'];
    await assert.rejects(draft.keep(names), (error) => isAppError(error, 'unavailable'));
    assert.deepEqual(added, []);
    assert.ok(first);
    assert.equal(await secretOf(first), undefined);
  });

  it('leaves the secret to those that cannot be taken back', async () => {
    const { draft, secretOf } = await begin();
    failing = ['Two', 'removal'];
    await assert.rejects(draft.keep(names), (error) => isAppError(error, 'unavailable'));
    assert.equal(added.length, 1);
    assert.equal(await secretOf(added[0] ?? ''), '{"accessToken":"secret"}');
  });
});
