import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../folders.ts';
import { until } from '../until.ts';
import { type Camera, fold, openSamples, widenSideBar, withCamera } from './camera.ts';

/** What changed between a snapshot and now, and an access file: as a diff, and with what is wrong in it. */
export async function auditing(): Promise<void> {
  const folder = makeTemporaryFolder();
  try {
    await withCamera({ folder, size: { width: 1200, height: 640 } }, (camera) => takeAll(camera, folder));
  } finally {
    removeFolder(folder);
  }
}

async function takeAll(camera: Camera, folder: string): Promise<void> {
  const { workbench } = camera;
  const { page, prompts } = workbench;
  const tenants = await openSamples(camera, ['Contoso']);
  const hr = ['Contoso', 'Human Resources'];
  await widenSideBar(workbench, 420);
  await tenants.contextMenu('Contoso', 'Take Snapshot…');
  await camera.of('snapshot', prompts.widget);
  await prompts.enter('Before the review');
  await workbench.notifications.texts();
  await workbench.notifications.waitFor(/The snapshot holds/);
  await workbench.notifications.clear();

  await tenants.expand('Contoso');
  await tenants.contextMenu(hr, 'New Access File');
  const lines = page.locator('.editor-instance .view-line');
  await lines.getByText('"tenant"').waitFor();
  const text = await workbench.copied(async () => {
    await lines.first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
  });
  const file = JSON.parse(text);
  const [group] = file.groups;
  group.members = group.members.filter((_: unknown, index: number) => index > 0);
  group.members.unshift({ identifier: 'nina.new@contoso.com', principalType: 'user', accessRight: 'Owner' });
  const path = join(folder, 'contoso.access.json');
  writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
  await open('contoso.access.json');
  await workbench.runCommand('Tenant Explorer: Preview Access File');
  await page.locator('.squiggly-error').first().waitFor();
  await workbench.runCommand('Problems: Focus on Problems View');
  await page.locator('.markers-panel').getByText('There is no such access right here').waitFor();
  await workbench.notifications.clear();
  await camera.of('access-file-problems', page.locator('.part.editor'), page.locator('.part.panel'));
  await workbench.runCommand('View: Hide Panel');

  writeFileSync(path, readFileSync(path, 'utf8').replace('"Owner"', '"Admin"'));
  await until(page, 'the file as it was saved', async () =>
    (await lines.allTextContents()).some((line) => /nina/.test(line)) &&
    !(await lines.allTextContents()).some((line) => /"Owner"/.test(line))
      ? true
      : undefined,
  );
  await workbench.runCommand('Tenant Explorer: Preview Access File');
  await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await workbench.notifications.clear();
  await camera.of('access-file-diff', page.locator('.part.editor'));

  await workbench.runCommand('Tenant Explorer: Apply Access File…');
  await prompts.modalText();
  await camera.of('access-file-apply', prompts.dialog);
  await page.keyboard.press('Enter');
  await prompts.dialog.waitFor({ state: 'hidden' });
  await workbench.notifications.texts();
  await workbench.notifications.waitFor(/changes were made/);
  await workbench.notifications.clear();

  await tenants.contextMenu('Contoso', 'Compare Snapshots…');
  await prompts.choose('Before the review');
  await prompts.choose('Now');
  await camera.of('compare-snapshots', prompts.widget);
  await prompts.choose('In the view “Access”');
  const access = workbench.view('Access');
  await access.waitForRows('the changes', (rows) => rows.some(({ label }) => label === 'Gained access'));
  await fold(tenants);
  await access.expand('Gained access');
  await access.expand('Lost access');
  await camera.of('access-snapshots', access.pane);

  async function open(name: string): Promise<void> {
    await page.keyboard.press('F1');
    await prompts.type(name);
    await prompts.choose(name);
  }
}
