import assert from 'node:assert/strict';
import { accessOf } from '../../../src/core/accessOf.ts';
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

  it('are refused when they cannot work', () => {
    const registry = createProviderRegistry([]);
    for (const fault of [
      { id: '' },
      { id: 'a b' },
      { label: ' ' },
      { listMembers: undefined },
      { signInMethods: undefined },
    ]) {
      const broken = { ...definition, ...fault } as ProviderDefinition;
      assert.throws(
        () => registry.register(broken),
        (error: unknown) => isAppError(error, 'invalid'),
        JSON.stringify(fault),
      );
    }
  });

  it('say what rights and groups mean, which is passed over where it has not the form that is promised', () => {
    const access = { rights: { admin: ['Owner'], edit: [], other: [] }, untold: { type: ['Group'] }, namesAll: true };
    assert.deepEqual(accessOf({ ...definition, access } as ProviderDefinition), access);
    assert.equal(accessOf(definition), undefined);
    for (const broken of [
      null,
      { untold: { type: 'Group' } },
      { ownerless: null },
      { rights: { admin: ['Owner'] } },
      { administered: 'workspace' },
      { administrators: 'Admins' },
    ])
      assert.equal(accessOf({ ...definition, access: broken } as unknown as ProviderDefinition), undefined);
  });
});
