import assert from 'node:assert/strict';
import { editTenant } from '../../../src/commands/editTenant.ts';
import { openSampleTenants } from '../../../src/commands/openSampleTenants.ts';
import { removeSampleTenants } from '../../../src/commands/removeSampleTenants.ts';
import { removeTenant } from '../../../src/commands/removeTenant.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { group, tenantRecord } from '../../support/fakeReader.ts';
import { close, type Reply } from '../../support/fakeUi.ts';

const wholeTenant = {
  provider: 'powerbi',
  name: 'Tailspin',
  scope: 'admin',
  workspaces: { leaveOut: ['personal'] },
  signIn: 'accessToken',
} as const;
const allKinds = ['Personal workspaces', 'Deleted workspaces', 'Workspaces without an administrator'];
const anyCapacity = 'Workspaces on any capacity';

function deps(...replies: Reply[]) {
  const fake = createFakeDeps(...replies);
  fake.reader.setTenants([
    tenantRecord('a', { name: 'Contoso' }),
    tenantRecord('b', { name: 'Fabrikam', provider: 'uipath' }),
    tenantRecord('t', { name: 'Tailspin', connection: wholeTenant }),
    tenantRecord('s', { name: 'Sample', isSample: true }),
  ]);
  return fake;
}

describe('editTenant', () => {
  it('changes the name alone without trying anything', async () => {
    const fake = deps('Contoso 2', 'https://api.powerbi.com', '');
    fake.attempt = () => Promise.reject(new Error('Nothing is to be sent.'));
    await run(editTenant, fake, { tenantId: 'a' });
    assert.deepEqual(fake.edited, [{ tenantId: 'a', change: { name: 'Contoso 2' } }]);
  });

  it('changes nothing when nothing was changed', async () => {
    const fake = deps('Contoso', 'https://api.powerbi.com', '');
    await run(editTenant, fake, { tenantId: 'a' });
    assert.deepEqual(fake.edited, []);
  });

  it('tries a new token, and goes back when it does not work', async () => {
    const fake = deps('Contoso', 'https://api.powerbi.com', 'bad', 'Go Back', 'good');
    let attempts = 0;
    fake.attempt = async () => {
      attempts += 1;
      if (attempts === 1) throw new AppError('notSignedIn', 'x');
    };
    await run(editTenant, fake, { tenantId: 'a' });
    assert.deepEqual(fake.edited, [
      { tenantId: 'a', change: { auth: { method: 'accessToken', accessToken: 'good' } } },
    ]);
  });

  it('asks for what the service needs, and about a foreign host', async () => {
    const fake = deps('Fabrikam', 'https://suite.example', 'org', 'partition', '', 'Send It There');
    await run(editTenant, fake, { tenantId: 'b' });
    assert.deepEqual(fake.edited, [
      {
        tenantId: 'b',
        change: { endpoint: 'https://suite.example', organization: 'org', partitionGlobalId: 'partition' },
      },
    ]);
    assert.deepEqual(fake.agreed, ['suite.example']);
  });

  it('asks which workspaces of a whole tenant are wanted, and tries that', async () => {
    const fake = deps('Tailspin', 'https://api.powerbi.com', ['Personal workspaces', anyCapacity], '');
    let attempts = 0;
    fake.attempt = async () => {
      attempts += 1;
    };
    await run(editTenant, fake, { tenantId: 't' });
    const choice = { leaveOut: ['deleted', 'orphaned'] };
    assert.deepEqual(fake.edited, [{ tenantId: 't', change: { workspaces: choice } }]);
    const asked = fake.ui.shown.find(({ kind }) => kind === 'pickMany');
    assert.deepEqual(asked?.picked, [...allKinds.slice(1), anyCapacity]);
    assert.deepEqual([attempts, fake.sync.calls], [1, []]);
  });

  it('wants all workspaces when everything is ticked, and changes nothing when nothing else is', async () => {
    const all = deps('Tailspin', 'https://api.powerbi.com', [...allKinds, anyCapacity], '');
    all.reader.setGroups('t', [group('t', 'g')]);
    await run(editTenant, all, { tenantId: 't' });
    assert.deepEqual(all.edited, [{ tenantId: 't', change: { workspaces: { leaveOut: [] } } }]);
    assert.deepEqual(all.sync.calls, ['groups t!']);
    const same = deps('Tailspin', 'https://api.powerbi.com', [...allKinds.slice(1), anyCapacity], '');
    await run(editTenant, same, { tenantId: 't' });
    assert.deepEqual(same.edited, []);
  });

  it('only renames a sample tenant', async () => {
    const fake = deps('My sample');
    await run(editTenant, fake, { tenantId: 's' });
    assert.deepEqual(fake.edited, [{ tenantId: 's', change: { name: 'My sample' } }]);
  });

  it('asks which tenant when none is meant', async () => {
    const fake = deps('Contoso', 'Contoso 3', 'https://api.powerbi.com', '');
    await run(editTenant, fake);
    assert.equal(fake.edited[0]?.change.name, 'Contoso 3');
  });
});

describe('removeTenant', () => {
  it('asks in a modal that names the tenant', async () => {
    const fake = deps('Remove');
    await run(removeTenant, fake, { tenantId: 'a' });
    assert.match(fake.ui.shown[0]?.text ?? '', /Contoso/);
    assert.deepEqual(fake.removed, ['a']);
  });

  it('removes several at once, each named', async () => {
    const fake = deps('Remove');
    await run(removeTenant, fake, { tenantId: 'a' }, [
      { tenantId: 'a' },
      { tenantId: 'b' },
      { tenantId: 'b', groupId: 'g' },
    ]);
    assert.match(fake.ui.shown[0]?.text ?? '', /Contoso\nFabrikam/);
    assert.deepEqual(fake.removed, ['a', 'b']);
  });

  it('removes nothing when the modal is closed', async () => {
    const fake = deps(close);
    await assert.rejects(run(removeTenant, fake, { tenantId: 'a' }), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(fake.removed, []);
  });

  it('does not take a selected group for its tenant', async () => {
    const fake = deps('Fabrikam', 'Remove');
    fake.selected = [{ tenantId: 'a', groupId: 'g' }];
    await run(removeTenant, fake);
    assert.deepEqual(fake.removed, ['b']);
  });
});

describe('sample tenants', () => {
  it('are opened', async () => {
    const fake = deps();
    await run(openSampleTenants, fake);
    assert.equal(fake.samplesOpened, 1);
    assert.deepEqual(fake.ui.completed, ['sampleTenants']);
  });

  it('are removed in one go, and nothing else', async () => {
    const fake = deps();
    await run(removeSampleTenants, fake, { tenantId: 's' });
    assert.deepEqual(fake.removed, ['s']);
    assert.deepEqual(fake.ui.shown, []);
  });

  it('that are not there are told', async () => {
    const fake = createFakeDeps();
    await run(removeSampleTenants, fake);
    assert.equal(fake.ui.informed.length, 1);
  });
});
