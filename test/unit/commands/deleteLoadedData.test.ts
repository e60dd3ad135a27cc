import assert from 'node:assert/strict';
import { deleteLoadedData } from '../../../src/commands/deleteLoadedData.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';
import { close, type Reply } from '../../support/fakeUi.ts';

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Contoso' }), tenantRecord('b', { name: 'Fabrikam' })]);
  return fake;
}

describe('deleteLoadedData', () => {
  it('deletes what was loaded of the tenant it is called on, after a question', async () => {
    const fake = deps('Delete');
    await run(deleteLoadedData, fake, { tenantId: 'b' });
    assert.deepEqual(fake.emptied, ['b']);
    assert.deepEqual(fake.removed, []);
  });

  it('deletes that of all tenants that are selected, and of none that is not there', async () => {
    const fake = deps('Delete');
    await run(deleteLoadedData, fake, { tenantId: 'a' }, [{ tenantId: 'a' }, { tenantId: 'b' }]);
    assert.deepEqual(fake.emptied, ['a', 'b']);
    await assert.rejects(run(deleteLoadedData, fake, { tenantId: 'x' }), (error) => isAppError(error, 'notFound'));
  });

  it('asks whose, and takes all tenants for an answer', async () => {
    const fake = deps('All tenants', 'Delete');
    await run(deleteLoadedData, fake);
    assert.deepEqual(fake.emptied, ['all']);
  });

  it('deletes nothing when the question is closed', async () => {
    const fake = deps(close);
    await assert.rejects(run(deleteLoadedData, fake, { tenantId: 'a' }), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(fake.emptied, []);
  });
});
