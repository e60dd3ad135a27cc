import assert from 'node:assert/strict';
import { makeReadOnly } from '../../../src/commands/makeReadOnly.ts';
import { signIn } from '../../../src/commands/signIn.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';

describe('choosing a tenant', () => {
  it('says that there is none only where there is none', async () => {
    const fake = createFakeDeps();
    fake.reader.setTenants([]);
    await assert.rejects(run(makeReadOnly, fake), { kind: 'cancelled' });
    assert.match(fake.ui.informed[0] ?? '', /^There is no tenant yet/);
  });

  for (const command of [makeReadOnly, signIn])
    it(`says so where ${command.name} suits none that is there`, async () => {
      const fake = createFakeDeps();
      fake.reader.setTenants([tenantRecord('a', { isSample: true }), tenantRecord('b', { isSample: true })]);
      await assert.rejects(run(command, fake), { kind: 'cancelled' });
      assert.match(fake.ui.informed[0] ?? '', /^This cannot be done in any of your tenants/);
    });
});
