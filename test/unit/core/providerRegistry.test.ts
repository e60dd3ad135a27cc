import assert from 'node:assert/strict';
import { isAppError } from '../../../src/core/errors.ts';
import type { ProviderDefinition } from '../../../src/core/provider.ts';
import { createProviderRegistry } from '../../../src/core/providerRegistry.ts';

const definition: ProviderDefinition = {
  id: 'acme',
  label: 'Acme',
  icon: 'rocket',
  capabilities: [],
  signInMethods: ['accessToken'],
  async *listGroups() {},
  async *listMembers() {},
};

describe('the providers', () => {
  it('are registered and go again', () => {
    const registry = createProviderRegistry([]);
    const registration = registry.register(definition);
    assert.equal(registry.get('acme'), definition);
    assert.throws(
      () => registry.register(definition),
      (error: unknown) => isAppError(error, 'conflict'),
    );
    registration.dispose();
    assert.deepEqual(registry.all(), []);
    const again = registry.register(definition);
    registration.dispose();
    assert.equal(registry.get('acme'), definition);
    again.dispose();
  });

  it('may say what rights and groups mean', () => {
    const access = {
      rights: { admin: ['Owner'], edit: [], other: [] },
      untold: { type: ['Group'] },
      namesAll: true,
    } as const;
    createProviderRegistry([]).register({ ...definition, access });
  });

  it('are refused when they cannot work', () => {
    const registry = createProviderRegistry([]);
    for (const fault of [
      { id: '' },
      { id: 'a b' },
      { label: ' ' },
      { listMembers: undefined },
      { signInMethods: undefined },
      { access: null },
      { access: { untold: { type: 'Group' } } },
      { access: { rights: { admin: ['Owner'] } } },
      { access: { administered: 'workspace' } },
      { access: { administrators: 'Admins' } },
    ]) {
      const broken = { ...definition, ...fault } as ProviderDefinition;
      assert.throws(
        () => registry.register(broken),
        (error: unknown) => isAppError(error, 'invalid'),
        JSON.stringify(fault),
      );
    }
  });
});
