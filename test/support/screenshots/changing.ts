import { type Camera, openSamples, widenSideBar } from './camera.ts';

/** What is asked and shown before and after something is changed, and of what is kept on this computer. */
export async function changing(camera: Camera): Promise<void> {
  const { workbench } = camera;
  const { page, prompts } = workbench;
  const dialog = prompts.dialog;
  const question = (name: string) => camera.of(name, dialog);

  const tenants = await openSamples(camera, ['Contoso']);
  await widenSideBar(workbench, 500);
  await tenants.expand('Contoso');
  const [finance, hr] = [
    ['Contoso', 'Finance – Month End'],
    ['Contoso', 'Human Resources'],
  ] as const;
  await tenants.expand(finance);

  await tenants.contextMenu(hr, 'Add Member…');
  await prompts.waitForTitle('Add Member');
  await prompts.type('chlo');
  await prompts.widget.locator('.monaco-list-row', { hasText: 'Chloé Lefèvre' }).first().waitFor();
  await camera.of('add-member', prompts.widget);
  await prompts.choose(/Chloé Lefèvre/);
  await camera.of('add-member-right', prompts.widget);
  await prompts.choose('Viewer');
  await prompts.modalText();
  await question('change-add');
  await prompts.modal('Add');
  await workbench.notifications.texts();
  await camera.of('changed', await workbench.notifications.waitFor('The change was made.'));
  await workbench.notifications.clear();

  await tenants.contextMenu([...finance, 'Mira Kovačević'], 'Remove from Group…');
  await prompts.modalText();
  await question('change');
  await prompts.modal('Cancel');

  await tenants.click([...finance, 'Ana María Ñíguez']);
  await tenants.click([...finance, 'Jürgen Groß'], ['Shift']);
  await tenants.contextMenu([...finance, 'Chloé Lefèvre'], 'Change Access Right…');
  await prompts.choose('Viewer');
  await prompts.modalText();
  await question('change-several');
  await prompts.modal('Cancel');

  await workbench.runCommand('Tenant Explorer: Show Change Log');
  await page.locator('.editor-instance .view-lines').getByText('Chloé').first().waitFor();
  await camera.of('change-log', page.locator('.part.editor'));

  await tenants.toStart();
  await tenants.collapse('Contoso');
  await tenants.contextMenu('Fabrikam', 'Delete Loaded Data…');
  await prompts.modalText();
  await question('delete-data');
  await prompts.modal('Cancel');
  await tenants.contextMenu('Contoso', 'Export Access…');
  await prompts.waitForTitle('Export Access');
  await camera.of('export', prompts.widget);
  await prompts.dismiss();
}
