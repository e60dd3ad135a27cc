import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

describe('changing access', () => {
  const group = ['Contoso', 'Human Resources'] as const;
  const newcomer = 'nina.new@contoso.com';
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 1200 } });
    tree = await workbench.openView('Tenants');
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
  });
  after(() => workbench?.close());

  const hasNewcomer = (wanted: boolean) =>
    tree.waitForRows(
      wanted ? 'the newcomer' : 'nobody new',
      (rows) => wanted === rows.some(({ label, description }) => `${label} ${description}`.includes(newcomer)),
    );

  it('is allowed for a tenant in one step that says what it means', async () => {
    const { prompts } = workbench;
    await tree.contextMenu('Contoso', 'Allow Changes…');
    const { message, detail } = await prompts.modalText();
    await workbench.screenshot('changes-allow');
    assert.equal(message, 'The tenant “Contoso” is read-only. Allow changes of its access from here?');
    assert.match(detail, /can be undone/);
    await prompts.modal('Allow Changes');
    await tree.waitForRows('it on the row', (rows) =>
      rows.some(({ label, description }) => label === 'Contoso' && description.startsWith('changes allowed')),
    );
  });

  it('adds somebody by the keyboard, after a question that names all of it', async () => {
    const { prompts, page } = workbench;
    await tree.expand('Contoso');
    await tree.expand([...group]);
    await tree.contextMenu([...group], 'Add Member…');
    await prompts.waitForTitle('Add Member');
    await prompts.type(newcomer);
    await workbench.screenshot('changes-search');
    await prompts.choose(newcomer);
    await prompts.choose('Viewer');
    const { message, detail } = await prompts.modalText();
    await workbench.screenshot('changes-add');
    assert.equal(message, `Add ${newcomer} to “Human Resources” as Viewer?`);
    assert.match(detail, /Tenant “Contoso”/);
    await page.keyboard.press('Enter');
    await hasNewcomer(true);
    await workbench.screenshot('changes-added');
  });

  it('removes them by the mouse', async () => {
    const { prompts } = workbench;
    await tree.contextMenu([...group, newcomer], 'Remove from Group…');
    const { message } = await prompts.modalText();
    await workbench.screenshot('changes-remove');
    assert.equal(message, `Remove ${newcomer} (Viewer) from “Human Resources”?`);
    await prompts.modal('Remove');
    await hasNewcomer(false);
  });

  it('undoes the last change, and shows all in the change log', async () => {
    const { prompts } = workbench;
    await prompts.runCommand('Undo Last Change…');
    const { message } = await prompts.modalText();
    await workbench.screenshot('changes-undo');
    assert.equal(message, `Add ${newcomer} to “Human Resources” as Viewer?`);
    await prompts.modal('Add');
    await hasNewcomer(true);
    await prompts.runCommand('Show Change Log');
    await workbench.page.getByText('takes back: #2').first().waitFor();
    await workbench.screenshot('changes-log');
  });

  it('copies a member who is dragged to another group, and says where nobody can be dropped', async () => {
    const { prompts, notifications } = workbench;
    await tree.drag([...group, newcomer], ['Contoso', 'Customer Service']);
    const { message, detail } = await prompts.modalText();
    await workbench.screenshot('changes-drag');
    assert.equal(message, `Add ${newcomer} to “Customer Service” as Viewer?`);
    assert.match(detail, /Tenant “Contoso”/);
    await prompts.modal('Add');
    await tree.collapse([...group]);
    await tree.expand(['Contoso', 'Customer Service']);
    await hasNewcomer(true);
    await tree.drag(['Contoso', 'Customer Service', newcomer], 'Contoso');
    await notifications.texts();
    await notifications.waitFor('Drop members on a group');
    await workbench.screenshot('changes-drag-nowhere');
    await notifications.clear();
    await tree.collapse(['Contoso', 'Customer Service']);
  });

  it('removes somebody everywhere, after one question', async () => {
    const { prompts } = workbench;
    await tree.expand([...group]);
    await tree.contextMenu([...group, newcomer], 'Remove Everywhere…');
    const { message, detail } = await prompts.modalText();
    await workbench.screenshot('changes-everywhere');
    assert.equal(message, 'Make these 2 changes?');
    assert.match(detail, /“Customer Service”.*“Human Resources”/s);
    assert.match(detail, /“Fabrikam”: nothing of it is loaded\. What is not known stays\./);
    await prompts.modal('Make 2 Changes');
    await hasNewcomer(false);
  });

  it('wants the name of a group before it is deleted', async () => {
    const { prompts } = workbench;
    await tree.contextMenu([...group], 'Delete Group…');
    const { detail } = await prompts.modalText();
    await workbench.screenshot('changes-delete');
    assert.match(detail, /⚠ “Human Resources” is deleted for everybody\./);
    await prompts.modal('Delete');
    await prompts.waitForTitle('Are You Sure?');
    await prompts.type('Human');
    await workbench.screenshot('changes-type');
    assert.match(await prompts.message(), /Type the name of the group to go on\./);
    await prompts.dismiss();
  });
});
