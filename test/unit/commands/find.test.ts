import assert from 'node:assert/strict';
import { find } from '../../../src/commands/find.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { joinSame } from '../../../src/core/samePerson.ts';
import type { FoundPrincipal } from '../../../src/core/store.ts';
import { createFakeDeps } from '../../support/fakeCommandDeps.ts';
import { group, tenantRecord } from '../../support/fakeReader.ts';
import { close, type Reply } from '../../support/fakeUi.ts';

const principal = (key: number, name: string, more: Partial<FoundPrincipal> = {}): FoundPrincipal => ({
  tenantId: 'a',
  key,
  name,
  principalType: 'user',
  isGuest: false,
  groups: 1,
  ...more,
});
const never = new AbortController().signal;

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Alpha' }), tenantRecord('b', { name: 'Beta' })]);
  fake.reader.setGroups('a', []);
  fake.reader.setGroups('b', []);
  return fake;
}

describe('find', () => {
  it('shows one row for a person in several tenants, and asks in which group to show them', async () => {
    const fake = deps('zoe → Zoe', 'Sales');
    fake.reader.found.set('zoe', [
      { principals: [principal(1, 'Zoe', { email: 'zoe@x.example', groups: 2 })] },
      { principals: [principal(2, 'Z. Oe', { tenantId: 'b', email: 'ZOE@x.example', isGuest: true, groups: 3 })] },
      { groups: [{ tenantId: 'b', groupId: 'g', name: 'Zoe’s' }] },
    ]);
    fake.reader.memberships.set(1, [{ tenantId: 'a', groupId: 'f', groupName: 'Finance', memberId: 'zoe' }]);
    fake.reader.memberships.set(2, [
      { tenantId: 'b', groupId: 's', groupName: 'Sales', memberId: 'z', accessRight: 'Admin' },
    ]);
    await find.run(fake, [], never);
    assert.deepEqual(fake.ui.shown[0]?.labels, [
      'Zoe | zoe@x.example · Guest | Alpha, Beta · 5 groups',
      'Zoe’s | Beta',
    ]);
    assert.deepEqual(fake.ui.shown[1]?.labels, ['Finance', 'Sales']);
    assert.deepEqual(fake.revealed, [{ tenantId: 'b', groupId: 's', memberId: 'z' }]);
    assert.deepEqual(fake.ui.completed, ['person']);
  });

  it('puts names that begin so before others', async () => {
    const fake = deps('li → Li');
    const names = ['Tom Li', 'Lisa', 'Ali', 'Li'];
    fake.reader.found.set('li', [{ principals: names.map((name, index) => principal(index, name)) }]);
    fake.reader.memberships.set(3, [{ tenantId: 'a', groupId: 'g', groupName: 'G', memberId: 'li' }]);
    await find.run(fake, [], never);
    assert.deepEqual(
      fake.ui.shown[0]?.labels?.map((label) => label.split(' | ')[0]),
      ['Li', 'Lisa', 'Tom Li', 'Ali'],
    );
    assert.deepEqual(fake.revealed, [{ tenantId: 'a', groupId: 'g', memberId: 'li' }]);
  });

  it('says what is not known, loads it, and looks again for the same', async () => {
    const fake = deps('zoe → Load the rest of “Alpha”', ' → Zoe');
    fake.reader.setGroups('a', [group('a', 'g'), group('a', 'h')]);
    fake.reader.setCompleteness({ list: 'groups', tenantId: 'b' }, { state: 'notLoaded' });
    fake.reader.memberships.set(1, [{ tenantId: 'a', groupId: 'g', groupName: 'G', memberId: 'zoe' }]);
    fake.sync.onLoadAll = async () => {
      fake.reader.found.set('zoe', [{ principals: [principal(1, 'Zoe')] }]);
      return { state: 'complete' };
    };
    fake.ui.replies[1] = 'zoe → Zoe';
    await find.run(fake, [], never);
    assert.deepEqual(fake.ui.shown[0]?.labels, [
      'Load the rest of “Alpha” | the members of 2 of 2 groups are not all known',
      'Load the rest of “Beta” | nothing of it is loaded',
    ]);
    assert.equal(fake.ui.shown[0]?.text, 'Nobody and nothing of what is loaded.');
    assert.deepEqual(fake.revealed, [{ tenantId: 'a', groupId: 'g', memberId: 'zoe' }]);
  });

  it('ends quietly for somebody in no group, and when it is closed', async () => {
    const fake = deps('zoe → Zoe');
    fake.reader.found.set('zoe', [{ principals: [principal(1, 'Zoe', { groups: 0 })], isCut: true }]);
    await assert.rejects(find.run(fake, [], never), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual([fake.ui.informed.length, fake.revealed], [1, []]);
    assert.equal(fake.ui.shown[0]?.text, 'There are more: type more of the name.');
    await assert.rejects(find.run(deps(close), [], never), (error) => isAppError(error, 'cancelled'));
  });
});

describe('the same person', () => {
  it('is known by the id of all services, else by the e-mail of a user', () => {
    const all = [
      { name: 'a', principalType: 'user', email: 'A@x.example' },
      { name: 'b', principalType: 'user', objectId: '1' },
      { name: 'c', principalType: 'group', email: 'a@x.example' },
      { name: 'd', principalType: 'user', objectId: '1', email: 'a@X.example' },
      { name: 'e', principalType: 'user' },
      { name: 'f', principalType: 'app', objectId: '2', email: 'a@x.example' },
    ];
    const names = joinSame(all).map((same) =>
      same
        .map(({ name }) => name)
        .sort()
        .join(''),
    );
    assert.deepEqual(names, ['abd', 'c', 'e', 'f']);
  });
});
