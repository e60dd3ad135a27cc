import assert from 'node:assert/strict';
import { principalIn } from '../../../src/commands/change/principalIn.ts';
import type { Changes, FoundPrincipals } from '../../../src/core/changes/pipeline.ts';
import { createFakeDeps } from '../../support/fakeCommandDeps.ts';

const { signal } = new AbortController();

describe('somebody who is looked for in the directory of another tenant', () => {
  const user = (identifier: string, email: string) => ({ identifier, email, principalType: 'user', name: 'Ada' });

  function lookFor(email: string, ...principals: FoundPrincipals['principals']) {
    const changes = { search: async () => ({ principals }) } as Partial<Changes> as Changes;
    return principalIn(createFakeDeps(), changes, 't', { principals: [], principalType: 'user', email }, signal);
  }

  it('is who has the e-mail address, in whatever case, and is told as a guest', async () => {
    const guest = user('ada_example.com#EXT#@other.example', 'ADA@example.com');
    const found = await lookFor('ada@example.com', user('ada@example.com.au', 'ada@example.com.au'), guest);
    assert.deepEqual(found, { principal: guest, isGuest: true });
  });

  it('is nobody whose address differs by an accent', async () => {
    const found = await lookFor('jose@example.com', user('1', 'josé@example.com'));
    assert.deepEqual(found, { isUnasked: false, isSeveral: false });
  });

  it('is nobody where several have the address and none is named by it', async () => {
    const [one, other] = [user('1', 'ada@example.com'), user('2', 'ada@example.com')];
    assert.deepEqual(await lookFor('ada@example.com', one, other), { isUnasked: false, isSeveral: true });
    assert.deepEqual(await lookFor('ada@example.com', one, one), { principal: one, isGuest: false });
    const named = user('Ada@example.com', 'ada@example.com');
    assert.deepEqual(await lookFor('ada@example.com', one, named), { principal: named, isGuest: false });
  });
});
