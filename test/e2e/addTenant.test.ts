import assert from 'node:assert/strict';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import * as faults from '../support/faults.ts';
import { addTenant } from '../support/tenantDialog.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const own = generateTenant({ provider: 'powerbi', groups: 3, membersPerGroup: 2, name: 'Own' });
const whole = generateTenant({
  provider: 'powerbi',
  groups: 20,
  membersPerGroup: 2,
  scope: 'admin',
  isMixed: true,
  name: 'Whole',
});
const robots = generateTenant({ provider: 'uipath', groups: 2, membersPerGroup: 2, name: 'Robots' });

describe('adding, editing and removing tenants', () => {
  let server: FaultServer;
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    server = await startFaultServer({ tenants: [own, robots, whole] });
    workbench = await openWorkbench();
    tree = await workbench.openView('Tenants');
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });
  afterEach(() => server.heal());

  const connection = (index: number) => {
    const found = server.connections[index];
    assert.ok(found);
    return found;
  };
  /** Waits for what the box says of its text. */
  const says = (words: RegExp) => {
    const { page, prompts } = workbench;
    const probe = async () => words.test(await prompts.message()) || undefined;
    return until(page, `the box to say ${words}`, probe, () => prompts.message());
  };

  it('asks step by step, checks while it is typed, and goes back with what was answered', async () => {
    const { prompts, page } = workbench;
    await tree.pane.getByRole('button', { name: 'Add a Tenant' }).click();
    await prompts.waitForTitle('Add a Tenant (1/3)');
    await prompts.type('Power');
    await prompts.accept();
    await prompts.waitForTitle('Add a Tenant (2/6)');
    await prompts.choose('Access token');
    await prompts.waitForTitle('Add a Tenant (3/6)');
    await prompts.input.press('Enter');
    await says(/Enter a name/);
    await prompts.enter('My own');
    await prompts.type('Another');
    await prompts.accept();
    await prompts.waitForTitle('Add a Tenant (5/7)');

    await prompts.type('http://powerbi.example.com');
    await says(/plain http is allowed to this computer only/);
    await prompts.type('ftp://powerbi.example.com');
    await says(/must begin with https/);
    await prompts.type('powerbi');
    await says(/Enter a web address/);
    await prompts.input.press('Enter');
    await prompts.waitForTitle('Add a Tenant (5/7)');
    await prompts.type(connection(0).endpoint);
    await says(/The address of the service/);

    await prompts.back();
    await prompts.waitForTitle('Add a Tenant (4/7)');
    await prompts.back();
    await prompts.waitForTitle('Add a Tenant (3/7)');
    assert.equal(await prompts.input.inputValue(), 'My own');
    await prompts.accept();
    await prompts.choose('Another address…');
    await prompts.enter(connection(0).endpoint);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await prompts.accept();

    await prompts.waitForTitle('Add a Tenant (7/7)');
    assert.equal(await prompts.input.getAttribute('type'), 'password');
    await prompts.type('two words');
    await says(/copy it again/);
    await prompts.dismiss();
    assert.deepEqual(await tree.rows(), []);
    assert.equal(server.requests.length, 0);
  });

  it('says that a token is wrong, and goes back for another one', async () => {
    const { prompts } = workbench;
    await addTenant(workbench, { ...connection(0), auth: { method: 'accessToken', accessToken: 'wrong-token' } });
    const { message, detail } = await prompts.modalText();
    assert.equal(message, 'The connection does not work.');
    assert.match(detail, /^The sign-in was refused\./);
    assert.match(detail, /InvalidToken/);
    await workbench.screenshot('add-tenant-wrong-token');
    await prompts.modal('Go Back');
    await prompts.waitForTitle('Add a Tenant (7/7)');
    assert.equal(await prompts.input.inputValue(), '');
    await prompts.enter(own.accessToken);
    const row = await tree.read('Own');
    assert.equal(row.description, '');
    assert.equal((await tree.expand('Own')).length, 3);
  });

  it('keeps a tenant that does not work, if that is wanted; a new token heals it', async () => {
    const { prompts } = workbench;
    const wrong = { method: 'accessToken', accessToken: 'wrong-token' } as const;
    await addTenant(workbench, { ...connection(1), name: 'Broken', auth: wrong });
    assert.match((await prompts.modalText()).detail, /^The sign-in was refused/);
    await prompts.modal('Keep Anyway');
    const [failure] = await tree.expand('Broken');
    assert.ok(failure);
    const { label, description } = failure;
    assert.match(`${label}: ${description}`, /^Not signed in.*: Sign in; what was loaded stays\./);

    await tree.contextMenu('Broken', 'Edit Tenant');
    await prompts.enter('Healed');
    for (const kept of [connection(1).endpoint, robots.provider === 'uipath' ? robots.organization : '']) {
      assert.equal(await prompts.input.inputValue(), kept);
      await prompts.accept();
    }
    await prompts.accept();
    await prompts.choose('Personal access token');
    await prompts.enter(robots.accessToken);
    await tree.read('Healed');
    await tree.inlineAction(['Healed', failure.label], 'Retry');
    await tree.waitForRows('the groups', (rows) => rows.filter(({ level }) => level === 2).length === 6);
  });

  it('keeps the rows of a tenant whose token is changed', async () => {
    const { prompts } = workbench;
    server.add({ match: /groups/, fault: faults.status(500) });
    await tree.contextMenu('Own', 'Edit Tenant');
    await prompts.accept();
    await prompts.accept();
    await prompts.choose('Access token');
    await prompts.enter('another-token');
    await prompts.modalText();
    await prompts.modal('Keep Anyway');
    assert.deepEqual(
      (await tree.children('Own')).map(({ label }) => label),
      ['Workspace 1', 'Workspace 2', 'Workspace 3'],
    );
  });

  it('leaves workspaces of a whole tenant out, until they are wanted after all', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    for (const label of [
      'Power BI',
      'Access token',
      'Whole',
      'Another address…',
      connection(2).endpoint,
      'Part of the tenant…',
    ]) {
      await prompts.type(label);
      await prompts.accept();
    }
    await prompts.waitForTitle('Add a Tenant (7/8)');
    await workbench.screenshot('add-tenant-workspaces');
    await prompts.chooseAll(['Personal workspaces', 'Deleted workspaces']);
    await prompts.enter(whole.accessToken);
    await tree.read('Whole');
    assert.equal((await tree.expand('Whole')).length, 16);
    assert.ok((await tree.tooltip('Whole')).includes('Left out: personal workspaces, deleted workspaces'));

    await tree.contextMenu('Whole', 'Edit Tenant');
    await prompts.accept();
    await prompts.accept();
    await prompts.chooseAll(['Personal workspaces']);
    await prompts.accept();
    await prompts.enter('');
    await tree.waitForRows('the personal workspaces', (rows) =>
      rows.some(({ label }) => label.startsWith('PersonalWorkspace')),
    );
    // Its row "Loading…" may still be there.
    assert.equal((await tree.expand('Whole')).length, 18);
    await tree.collapse('Whole');
  });

  it('asks once before a token goes to a foreign host', async () => {
    const { prompts } = workbench;
    await addTenant(workbench, { ...connection(0), name: 'Foreign', endpoint: 'https://powerbi.example.invalid/x' });
    const { message, detail } = await prompts.modalText();
    assert.equal(message, 'Send the access token to powerbi.example.invalid?');
    assert.match(detail, /not an address of the service itself/);
    await workbench.screenshot('add-tenant-foreign-host');
    await prompts.modal('Cancel');
    await prompts.waitForTitle('Add a Tenant (7/7)');
    await prompts.dismiss();
    assert.ok(!(await tree.rows()).some(({ label }) => label === 'Foreign'));
  });

  it('removes a tenant with its rows after a question that names it', async () => {
    const { prompts } = workbench;
    await tree.contextMenu('Own', 'Remove Tenant');
    const { message } = await prompts.modalText();
    assert.equal(message, 'Remove the tenant “Own”?');
    await prompts.modal('Cancel');
    await tree.contextMenu('Own', 'Remove Tenant');
    await prompts.modal('Remove');
    const isGone = (rows: { label: string }[]) => !rows.some(({ label }) => /^(Own|Workspace \d)$/.test(label));
    await tree.waitForRows('the tenant to go', isGone);
    await tree.read('Healed');
  });
});
