import assert from 'node:assert/strict';
import { clearFilter } from '../../../src/commands/clearFilter.ts';
import { filterMembers } from '../../../src/commands/filterMembers.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { group, member, tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';

const g = { tenantId: 'a', groupId: 'g' };

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Contoso' })]);
  fake.reader.setGroups('a', [group('a', 'g'), group('a', 'h')]);
  fake.reader.setMembers('a', 'g', [
    member('ana', { accessRight: 'Admin' }),
    member('bob', { accessRight: 'Viewer', details: { userType: 'Guest' } }),
    member('cleo', { accessRight: 'Viewer' }),
    member('bot', { accessRight: 'Viewer', principalType: 'app' }),
    member('later', { principalType: 'Committee' }),
  ]);
  return fake;
}

describe('filterMembers', () => {
  it('offers what there is, with how many, and shows those that are chosen', async () => {
    const fake = deps(['Viewer', 'Users', 'Guests']);
    await run(filterMembers, fake, g);
    assert.deepEqual(fake.ui.shown[0]?.labels, [
      'Viewer',
      'Admin',
      'No access right',
      'Users',
      'Apps',
      'Committee',
      'Guests',
    ]);
    assert.deepEqual(fake.memberFilters.get('a g'), {
      name: 'Viewer, Users, Guests',
      filter: { rights: ['Viewer'], principalTypes: ['user'], guests: true },
    });
    assert.deepEqual(fake.revealed, [g]);
  });

  it('begins with what is active, and shows all when nothing is chosen', async () => {
    const fake = deps(['Viewer', 'Apps'], []);
    await run(filterMembers, fake, { ...g, memberId: 'ana' });
    fake.reader.setMembers('a', 'g', [member('ana', { accessRight: 'Admin' })]);
    await run(filterMembers, fake, g);
    assert.deepEqual(fake.ui.shown[1]?.picked, ['Viewer', 'Apps']);
    assert.equal(fake.memberFilters.size, 0);
  });

  it('leaves out rights where the service has none', async () => {
    const fake = deps([]);
    fake.reader.setMembers('a', 'g', [member('ana'), member('bob')]);
    await run(filterMembers, fake, g);
    assert.deepEqual(fake.ui.shown[0]?.labels, ['Users']);
  });

  it('asks for the group, and loads its members', async () => {
    const fake = deps('g', ['Users']);
    fake.reader.setMembers('a', 'g', [], { state: 'notLoaded' });
    fake.sync.onLoad = async () => fake.reader.setMembers('a', 'g', [member('ana')]);
    await run(filterMembers, fake);
    assert.deepEqual(fake.sync.calls, ['members a g']);
    assert.equal(fake.memberFilters.get('a g')?.name, 'Users');
  });

  it('says why there is nothing to choose from', async () => {
    const fake = deps();
    fake.reader.setMembers('a', 'g', []);
    await run(filterMembers, fake, g);
    fake.reader.setMembers('a', 'g', [], { state: 'denied', kind: 'forbidden' });
    await run(filterMembers, fake, g);
    assert.match(fake.ui.informed[0] ?? '', /has no members/);
    assert.match(fake.ui.informed[1] ?? '', /forbidden/);
    assert.equal(fake.memberFilters.size, 0);
  });
});

describe('clearFilter of members', () => {
  it('clears that of the group, else that of its tenant', async () => {
    const fake = deps(['Users']);
    await run(filterMembers, fake, g);
    fake.filters.set('a', 'sales');
    await run(clearFilter, fake, { ...g, isNote: true });
    assert.deepEqual([fake.memberFilters.size, fake.filters.size], [0, 1]);
    await run(clearFilter, fake, { ...g, memberId: 'ana' });
    assert.equal(fake.filters.size, 0);
  });

  it('asks which one where none is meant and there are several', async () => {
    const fake = deps(['Users'], 'g');
    await run(filterMembers, fake, g);
    fake.filters.set('a', 'sales');
    await run(clearFilter, fake);
    assert.deepEqual(fake.ui.shown.at(-1)?.labels, ['Contoso', 'g']);
    assert.deepEqual([fake.memberFilters.size, fake.filters.size], [0, 1]);
  });
});
