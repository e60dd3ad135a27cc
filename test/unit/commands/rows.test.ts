import assert from 'node:assert/strict';
import { copyAsJson } from '../../../src/commands/copyAsJson.ts';
import { copyEmail } from '../../../src/commands/copyEmail.ts';
import { copyId } from '../../../src/commands/copyId.ts';
import { copyName } from '../../../src/commands/copyName.ts';
import { commands } from '../../../src/commands/index.ts';
import { openInPortal } from '../../../src/commands/openInPortal.ts';
import { showDetails } from '../../../src/commands/showDetails.ts';
import { showLog } from '../../../src/commands/showLog.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { asOf, group, member, tenantRecord } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';

const ana = { tenantId: 'a', groupId: 'g~2', memberId: 'ana' };
const bot = { tenantId: 'a', groupId: 'g~2', memberId: 'bot' };

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([tenantRecord('a', { name: 'Contoso' }), tenantRecord('b', { provider: 'uipath' })]);
  fake.reader.setGroups('a', [group('a', 'g'), group('a', 'g~2', { name: 'Sales\nTeam', details: { id: 'g' } })]);
  fake.reader.setMembers('a', 'g~2', [
    member('ana', { name: 'Ana', email: 'ana@contoso.com', accessRight: 'Admin' }),
    member('bot', { name: 'Bot', principalType: 'app' }),
  ]);
  return fake;
}

describe('copying', () => {
  it("takes the service's own ids", async () => {
    const fake = deps();
    await run(copyId, fake, { tenantId: 'a', groupId: 'g~2' });
    await run(copyId, fake, ana, [ana, bot]);
    assert.deepEqual(fake.ui.copied, ['g', 'ana\nbot']);
  });

  it('takes names, one a line whatever is in them', async () => {
    const fake = deps();
    await run(copyName, fake, ana, [{ tenantId: 'a' }, { tenantId: 'a', groupId: 'g~2' }, ana]);
    assert.deepEqual(fake.ui.copied, ['Contoso\nSales Team\nAna']);
  });

  it('takes e-mail addresses of those who have one', async () => {
    const fake = deps();
    await run(copyEmail, fake, ana, [ana, bot]);
    await run(copyEmail, fake, bot);
    assert.deepEqual(fake.ui.copied, ['ana@contoso.com']);
    assert.equal(fake.ui.informed.length, 1);
  });

  it('takes one thing as an object and several as an array', async () => {
    const fake = deps();
    await run(copyAsJson, fake, ana);
    await run(copyAsJson, fake, ana, [{ tenantId: 'a', groupId: 'g~2' }, ana]);
    const [one, several] = fake.ui.copied.map((text) => JSON.parse(text));
    assert.equal(one.email, 'ana@contoso.com');
    assert.deepEqual([several[0].id, several[1].id, several[1].groupId], ['g~2', 'ana', 'g~2']);
    assert.equal('members' in several[0], false);
  });

  it('asks, down to a member, when nothing is meant', async () => {
    const fake = deps('Contoso', 'Sales\nTeam', 'Ana');
    await run(copyEmail, fake);
    assert.deepEqual(fake.ui.copied, ['ana@contoso.com']);
  });

  it('offers the tenant and the group themselves where they count', async () => {
    const fake = deps('Contoso', 'Sales\nTeam', 'The group itself');
    await run(copyId, fake);
    assert.deepEqual(fake.ui.copied, ['g']);
  });

  it('says that a row is gone', async () => {
    await assert.rejects(run(copyName, deps(), { tenantId: 'a', groupId: 'x' }), (error) =>
      isAppError(error, 'notFound'),
    );
  });
});

describe('openInPortal', () => {
  it('opens the group of a member', async () => {
    const fake = deps();
    await run(openInPortal, fake, ana);
    assert.deepEqual(fake.ui.opened, ['https://portal.example/g~2']);
  });

  it('says when no page is known', async () => {
    const fake = deps();
    await run(openInPortal, fake, { tenantId: 'b' });
    assert.deepEqual([fake.ui.opened, fake.ui.informed.length], [[], 1]);
  });
});

describe('showDetails', () => {
  it("shows all fields with the listing's completeness, and no secret", async () => {
    const fake = deps();
    await run(showDetails, fake, ana);
    await run(showDetails, fake, { tenantId: 'a' });
    const [first, second] = fake.ui.documents.map(({ text }) => JSON.parse(text));
    assert.deepEqual(first.completeness, { list: 'members', state: 'complete', count: 2, asOf });
    assert.equal(first.accessRight, 'Admin');
    assert.equal(second.completeness.list, 'groups');
    assert.equal(fake.ui.documents[0]?.title, 'Ana');
  });
});

describe('commands', () => {
  it('open the log', async () => {
    const fake = deps();
    await run(showLog, fake);
    assert.equal(fake.ui.shown[0]?.kind, 'log');
  });

  it('have names of their own', () => {
    assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length);
  });
});
