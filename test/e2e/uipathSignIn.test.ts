import assert from 'node:assert/strict';
import { application, type IdentityServer, person, startIdentityServer } from '../support/identityServer.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

describe('signing in to UiPath in the workbench', () => {
  let server: IdentityServer;
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    server = await startIdentityServer();
    workbench = await openWorkbench();
    tree = await workbench.openView('Tenants');
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });

  const choose = async (label: string) => {
    await workbench.prompts.type(label);
    await workbench.prompts.accept();
  };
  const groups = async () => (await tree.children('Robots')).filter(({ label }) => /^Group \d$/.test(label)).length;

  it('adds a tenant as an application, from the welcome view', async () => {
    const { prompts } = workbench;
    await tree.pane.getByRole('button', { name: 'Add a Tenant' }).click();
    await choose('UiPath');
    await workbench.screenshot('sign-in-uipath-methods');
    await choose('Confidential external application');
    await prompts.enter('Robots');
    await choose('Another address…');
    await prompts.enter(server.origin);
    await prompts.enter('');
    await prompts.enter(application.clientId);
    assert.equal(await prompts.input.getAttribute('type'), 'password');
    await prompts.enter(application.clientSecret);
    await tree.read('Robots');
    await tree.expand('Robots');
    assert.equal(await groups(), 4);
  });

  it('signs out, keeps the rows, and signs in again from the row that says so', async () => {
    const { prompts } = workbench;
    await tree.contextMenu('Robots', 'Sign Out');
    await tree.waitForRows('who is signed in', (rows) =>
      rows.some(({ description }) => /signed out/.test(description)),
    );
    assert.equal(await groups(), 4);
    await tree.contextMenu('Robots', 'Refresh');
    const rows = await tree.waitForRows('what happened', (all) =>
      all.some(({ label }) => /^Not signed in/.test(label)),
    );
    await workbench.screenshot('sign-in-signed-out');
    assert.equal(await groups(), 4);
    const failure = rows.find(({ label }) => /^Not signed in/.test(label));
    await tree.click(['Robots', failure?.label ?? '']);
    await prompts.accept();
    await prompts.enter(application.clientSecret);
    await tree.waitForRows('the failure to go', (all) => !all.some(({ label }) => /^Not signed in/.test(label)));
    assert.doesNotMatch((await tree.read('Robots')).description, /signed out/);
  });

  it('is still signed in after a reload', async () => {
    const before = server.grants.length;
    await workbench.page.reload();
    await workbench.ready();
    tree = await workbench.openView('Tenants');
    await tree.contextMenu('Robots', 'Refresh');
    await until(workbench.page, 'a new token', async () => server.grants.length > before || undefined);
    assert.equal(server.grants[before], 'client_credentials');
    assert.doesNotMatch((await tree.read('Robots')).description, /signed out|failed/);
  });

  it('says in this remote window what to use instead of the browser; the tenant may wait signed out', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await choose('UiPath');
    await choose('Browser, with an external application');
    await choose('Another address…');
    await prompts.enter(server.origin);
    await prompts.enter(person.clientId);
    const { message, detail } = await prompts.modalText();
    assert.equal(message, 'Signing in failed.');
    assert.match(detail, /In this remote window the browser cannot come back/);
    await workbench.screenshot('sign-in-remote');
    await prompts.modal('Keep Signed Out');
    await prompts.enter('Later');
    assert.match((await tree.read('Later')).description, /^signed out/);
    assert.deepEqual(
      server.grants.filter((grant) => grant.startsWith('authorization_code')),
      [],
    );
  });
});
