import assert from 'node:assert/strict';
import { signIn } from '../../../src/commands/signIn.ts';
import { signOut } from '../../../src/commands/signOut.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../support/fakeReader.ts';
import { close, type Reply } from '../../support/fakeUi.ts';

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  const connection = { provider: 'uipath', name: 'Robots', signIn: 'oauth', clientId: 'app' } as const;
  fake.reader.setTenants([
    tenantRecord('token', { name: 'Contoso' }),
    tenantRecord('person', { name: 'Robots', provider: 'uipath', connection }),
  ]);
  return fake;
}

const failed = { state: 'failed', kind: 'notSignedIn' } as const;
const complete = { state: 'complete', count: 0 } as const;

describe('signIn', () => {
  it('asks the person, then loads what failed for want of it', async () => {
    const fake = deps();
    const members = { list: 'members', tenantId: 'person', groupId: 'g' } as const;
    fake.reader.setCompleteness({ list: 'groups', tenantId: 'person' }, complete);
    fake.reader.setCompleteness(members, failed);
    await run(signIn, fake, { tenantId: 'person', groupId: 'g' });
    assert.deepEqual(fake.signedIn, ['person']);
    assert.deepEqual(fake.sync.calls, ['members person g!']);
  });

  it('loads nothing when signing in fails', async () => {
    const fake = deps();
    fake.reader.setCompleteness({ list: 'groups', tenantId: 'person' }, failed);
    fake.signIn = () => Promise.reject(new AppError('timeout', 'Nobody came.'));
    fake.ui.replies.push('Retry', close);
    await assert.rejects(run(signIn, fake, { tenantId: 'person' }), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual([fake.signedIn, fake.sync.calls], [[], []]);
    assert.deepEqual(
      fake.ui.shown.map(({ text }) => text),
      Array(2).fill('Signing in failed.\ntold: timeout\n\nNobody came.'),
    );
  });

  it('asks for a new token where one is given by hand', async () => {
    const fake = deps('renewed');
    fake.reader.setCompleteness({ list: 'groups', tenantId: 'token' }, failed);
    await run(signIn, fake, { tenantId: 'token' });
    assert.deepEqual(fake.edited, [
      { tenantId: 'token', change: { auth: { method: 'accessToken', accessToken: 'renewed' } } },
    ]);
    assert.deepEqual(fake.sync.calls, ['groups token!']);
  });

  it('asks which tenant is meant', async () => {
    const fake = deps('Robots');
    await run(signIn, fake);
    assert.deepEqual(fake.signedIn, ['person']);
  });
});

describe('signOut', () => {
  it('keeps what was loaded unless told otherwise', async () => {
    const fake = deps();
    await run(signOut, fake, { tenantId: 'person' });
    assert.deepEqual([fake.signedOut, fake.emptied], [['person'], []]);
    assert.match(fake.ui.informed[0] ?? '', /What was loaded stays/);
  });

  it('deletes it on demand, of all that were meant', async () => {
    const fake = deps('Delete Loaded Data');
    await run(signOut, fake, undefined, [{ tenantId: 'person' }, { tenantId: 'token' }]);
    assert.deepEqual(fake.signedOut, ['person', 'token']);
    await new Promise(setImmediate);
    assert.deepEqual(fake.emptied, ['person', 'token']);
  });
});
