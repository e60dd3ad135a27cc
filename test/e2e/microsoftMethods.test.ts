import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AppCertificate, makeAppCertificate } from '../support/appCertificate.ts';
import { ana, clientId, contoso } from '../support/entra.ts';
import { codePage, type MicrosoftCloud, startMicrosoftCloud } from '../support/microsoftCloud.ts';
import { soon, until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const clientSecret = 'correct horse battery staple';

describe('signing in to Microsoft in the workbench', () => {
  let certificate: AppCertificate;
  let cloud: MicrosoftCloud;
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    certificate = makeAppCertificate();
    cloud = await startMicrosoftCloud(clientSecret, certificate.pem);
    workbench = await openWorkbench({ microsoftOrigin: cloud.sandbox.origin });
    await workbench.context.route(`${codePage}**`, (route) =>
      route.fulfill({ status: 302, headers: { location: `${cloud.sandbox.origin}/devicelogin` } }),
    );
    tree = await workbench.openView('Tenants');
  });
  after(async () => {
    await workbench?.close();
    await cloud?.close();
  });

  const choose = async (label: string) => {
    await workbench.prompts.type(label);
    await workbench.prompts.accept();
  };
  const groupsOf = async (name: string) =>
    (await tree.expand(name)).filter(({ label }) => label.startsWith('Workspace')).length;
  const isSignedOut = async (name: string) => /signed out/.test((await tree.read(name)).description);

  /** Answers what is asked about a tenant of Power BI, up to its directory. */
  async function begin(method: string, name?: string): Promise<void> {
    await choose('Power BI');
    await choose(method);
    if (name !== undefined) await workbench.prompts.enter(name);
    await choose('Public cloud');
    await choose('My workspaces');
  }

  /** Copies the code, has the page opened, and enters it there. */
  async function enterCode(shot: string): Promise<void> {
    const { prompts, context, page } = workbench;
    await prompts.waitForTitle(`Sign in at ${codePage}`);
    await workbench.screenshot(shot);
    const code = await prompts.input.inputValue();
    const opened = context.waitForEvent('page');
    await prompts.input.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    assert.equal(await workbench.clipboard(), code);
    const site = await opened;
    await site.getByLabel('Code').fill(code);
    await site.getByRole('button', { name: 'Next' }).click();
    await site.getByRole('button', { name: `${ana.name} (${ana.userName})` }).click();
    await site.getByText('You have signed in').waitFor();
    await site.close();
    await prompts.widget.getByText(codePage).waitFor({ state: 'hidden' });
  }

  /** While the dialog reads a folder, it does not take a path. */
  async function chooseFile(path: string): Promise<void> {
    const { prompts, page } = workbench;
    await prompts.waitForTitle('Private Key and Certificate (PEM)');
    await until(page, 'the file to be taken', async () => {
      await prompts.input.fill(path);
      await prompts.input.press('Enter');
      return (await soon(prompts.widget.getByText('Private Key and Certificate'), 'hidden')) || undefined;
    });
  }

  it('adds the directories that are ticked, by a code, from the welcome view', async () => {
    const { prompts } = workbench;
    await tree.pane.getByRole('button', { name: 'Add a Tenant' }).click();
    await choose('Power BI');
    await workbench.screenshot('sign-in-microsoft-methods');
    await choose('Device code, with your own app registration');
    await choose('Public cloud');
    await choose('My workspaces');
    await prompts.enter('');
    await prompts.enter(clientId);
    await enterCode('sign-in-microsoft-code');
    await prompts.widget.getByText('Fabrikam').first().waitFor();
    await workbench.screenshot('sign-in-microsoft-directories');
    await prompts.chooseAll(['Fabrikam']);
    for (const name of ['Contoso', 'Fabrikam']) {
      assert.equal(await groupsOf(name), 3);
      assert.match((await tree.read(name)).description, /ana@contoso\.example/);
    }
    await workbench.screenshot('sign-in-microsoft-two-directories');
  });

  it('signs out of one directory, keeps its rows, and signs in again', async () => {
    await tree.contextMenu('Fabrikam', 'Sign Out');
    await tree.waitForRows('the sign-out', (rows) =>
      rows.some(({ label, description }) => label === 'Fabrikam' && /signed out/.test(description)),
    );
    await workbench.screenshot('sign-in-microsoft-signed-out');
    assert.equal(await groupsOf('Fabrikam'), 3);
    assert.equal(await isSignedOut('Contoso'), false);
    await tree.contextMenu('Fabrikam', 'Sign In…');
    await enterCode('sign-in-microsoft-again');
    await tree.waitForRows('the sign-in', (rows) =>
      rows.some(({ label, description }) => label === 'Fabrikam' && /ana@contoso/.test(description)),
    );
  });

  it('shows a code in place of the browser, which is on another machine here', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await begin('Browser, with your own app registration');
    await prompts.enter(contoso.domain);
    await prompts.enter(clientId);
    await enterCode('sign-in-microsoft-browser');
    await prompts.chooseAll([]);
    await prompts.enter('By browser');
    assert.equal(await groupsOf('By browser'), 3);
  });

  it('adds a tenant as an application, by its secret', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await begin('Service principal', 'By secret');
    await prompts.enter(contoso.domain);
    await prompts.enter(clientId);
    await workbench.screenshot('sign-in-microsoft-credential');
    await choose('Client secret');
    assert.equal(await prompts.input.getAttribute('type'), 'password');
    await prompts.enter(clientSecret);
    assert.equal(await groupsOf('By secret'), 3);
  });

  it('says what is wrong with a secret, before anything is kept', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await begin('Service principal', 'Wrong');
    await prompts.enter(contoso.domain);
    await prompts.enter(clientId);
    await choose('Client secret');
    await prompts.enter('another horse');
    const { detail } = await prompts.modalText();
    assert.match(detail, /AADSTS7000215/);
    assert.doesNotMatch(detail, /another horse/);
    await workbench.screenshot('sign-in-microsoft-wrong-secret');
    await prompts.modal('Cancel');
  });

  it('adds a tenant as an application, by a certificate that is pasted or in a file', async () => {
    const { prompts, server } = workbench;
    const pem = `${certificate.privateKey}${certificate.pem}`;
    const path = join(server.dataDir, 'app.pem');
    writeFileSync(path, pem);
    for (const way of ['to be pasted', 'from a file'] as const) {
      const name = `By certificate ${way}`;
      await workbench.runCommand('Tenant Explorer: Add a Tenant');
      await begin('Service principal', name);
      await prompts.enter(contoso.id);
      await prompts.enter(clientId);
      await choose(`Certificate ${way} (PEM)`);
      if (way === 'from a file') await chooseFile(path);
      else await prompts.enter(pem);
      assert.equal(await groupsOf(name), 3);
      await tree.collapse(name);
    }
  });

  it("adds a tenant by VS Code's own account, once the person has allowed it", async () => {
    const { prompts, page } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await begin('Microsoft account of VS Code');
    const allow = page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true });
    await allow.click();
    await choose(ana.userName);
    await prompts.widget.getByText('Fabrikam').first().waitFor();
    await prompts.chooseAll([]);
    await prompts.enter('By VS Code');
    assert.equal(await groupsOf('By VS Code'), 3);
    assert.match((await tree.read('By VS Code')).description, /ana@contoso\.example/);
    await tree.contextMenu('By VS Code', 'Sign Out');
    await tree.waitForRows('the sign-out', (rows) =>
      rows.some(({ label, description }) => label === 'By VS Code' && /signed out/.test(description)),
    );
    await tree.contextMenu('By VS Code', 'Sign In…');
    // The account of VS Code stays signed in; which one the tenant is to have is asked again.
    await allow.click();
    await prompts.input.waitFor();
    await workbench.screenshot('sign-in-microsoft-vscode-account');
    await choose(ana.userName);
    await tree.waitForRows('the sign-in', (rows) =>
      rows.some(({ label, description }) => label === 'By VS Code' && /ana@contoso/.test(description)),
    );
  });

  it('is still signed in everywhere after a reload', async () => {
    await workbench.reload();
    tree = await workbench.openView('Tenants');
    for (const name of ['Contoso', 'By secret', 'By certificate to be pasted', 'By VS Code']) {
      const before = cloud.sandbox.requests.length;
      await tree.contextMenu(name, 'Refresh');
      await tree.waitForRows(`${name} to be read`, () =>
        cloud.sandbox.requests.slice(before).some((line) => line.includes('/v1.0/myorg/groups')),
      );
      assert.doesNotMatch((await tree.read(name)).description, /signed out|failed/);
    }
  });
});
