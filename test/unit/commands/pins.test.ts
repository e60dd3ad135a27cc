import assert from 'node:assert/strict';
import { pinGroup } from '../../../src/commands/pinGroup.ts';
import { unpinGroup } from '../../../src/commands/unpinGroup.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { group, tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Contoso' })]);
  fake.reader.setGroups('a', [group('a', 'g'), group('a', 'h'), group('a', 'i')]);
  return fake;
}

const [g, h] = ['g', 'h'].map((groupId) => ({ tenantId: 'a', groupId }));

describe('pinGroup and unpinGroup', () => {
  it('act on the whole selection', async () => {
    const fake = deps();
    await run(pinGroup, fake, g, [g, h, { tenantId: 'a' }, { tenantId: 'a', groupId: noGroupId }]);
    assert.deepEqual([...fake.reader.pins], ['g', 'h']);
    await run(unpinGroup, fake, g, [g, h]);
    assert.deepEqual([...fake.reader.pins], []);
  });

  it('say why those who are in no group are not pinned', async () => {
    const fake = deps();
    await run(pinGroup, fake, { tenantId: 'a', groupId: noGroupId });
    assert.deepEqual([...fake.reader.pins], []);
    assert.deepEqual(fake.ui.informed, ['“In no group” is no group, so it cannot be pinned.']);
  });

  it('ask which group where none is meant: any to pin, a pinned one to unpin', async () => {
    const fake = deps('h', 'h');
    await run(pinGroup, fake);
    assert.deepEqual([...fake.reader.pins], ['h']);
    await run(unpinGroup, fake);
    assert.deepEqual(fake.ui.shown.at(-1)?.labels, ['h']);
    assert.deepEqual([...fake.reader.pins], []);
    await run(unpinGroup, fake, g);
    assert.match(fake.ui.informed.at(-1) ?? '', /No group is pinned/);
  });
});
