import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/core/errors.ts';
import { accessModelOf } from '../../../../src/core/findings/accessModelOf.ts';
import type { ProviderDefinition } from '../../../../src/core/provider/provider.ts';
import { createProviderRegistry } from '../../../../src/core/provider/providerRegistry.ts';

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
    assert.deepEqual(accessModelOf({ ...definition, access } as ProviderDefinition), access);
    assert.equal(accessModelOf(definition), undefined);
    for (const broken of [
      null,
      { untold: { type: 'Group' } },
      { ownerless: null },
      { rights: { admin: ['Owner'] } },
      { administered: 'workspace' },
      { administrators: 'Admins' },
    ])
      assert.equal(accessModelOf({ ...definition, access: broken } as unknown as ProviderDefinition), undefined);
  });
});
