/**
 * npm run screenshots
 *
 * Takes the README's pictures, docs/images/*.png, from the real workbench with the sample tenants.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { projectFolder } from './folders.ts';
import { openWorkbench } from './workbench.ts';

const folder = join(projectFolder, 'docs/images');
mkdirSync(folder, { recursive: true });
await build('extension');
const workbench = await openWorkbench({
  size: { width: 1000, height: 640 },
  settings: {
    'workbench.reduceMotion': 'on',
    'workbench.colorTheme': 'Dark Modern',
    'window.title': 'Tenant Explorer',
  },
});
try {
  await takeAll();
} finally {
  await workbench.close();
}

async function takeAll(): Promise<void> {
  const { page, prompts } = workbench;
  const take = (name: string) => page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  const fold = (view: { pane: typeof tenants.pane }) =>
    view.pane.locator('.pane-header').click({ position: { x: 20, y: 8 } });

  const tenants = await workbench.openView('Tenants');
  await widenSideBar(500);
  await tenants.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
  await tenants.waitForRows('four tenants', ({ length }) => length === 4);
  await tenants.contextMenu('Contoso', 'Allow Changes…');
  await prompts.modal('Allow Changes');
  for (const name of ['Contoso', 'Fabrikam', 'Northwind Automation', 'Contoso Directory']) {
    await tenants.contextMenu(name, 'Load the Whole Tenant');
    await tenants.waitForRows(`the groups of ${name}`, (rows) =>
      rows.some(({ label, description }) => label === name && /\d groups/.test(description)),
    );
  }
  await tenants.expand('Contoso');
  await tenants.expand('Board Materials');
  await tenants.expand('Finance – Month End');
  await workbench.notifications.clear();
  await tenants.click(['Finance – Month End', 'Mira Kovačević']);
  await take('tenants-dark');
  await workbench.setTheme('Light Modern');
  await take('tenants-light');

  await tenants.contextMenu(['Finance – Month End', 'Mira Kovačević'], 'Remove from Group…');
  await prompts.modalText();
  await take('change');
  await prompts.modal('Cancel');
  await page.locator('.notification-toast').waitFor({ state: 'hidden' });

  await workbench.runCommand('Tenant Explorer: Find…');
  await prompts.type('zoe');
  const found = prompts.widget.locator('.monaco-list-row', { hasText: 'Zoë Álvarez' }).first();
  await found.hover();
  await take('find');
  await found.locator('.action-label').first().click();

  const access = workbench.view('Access');
  await access.waitForRows('what she reaches', (rows) => rows.some(({ label }) => label === 'Finance – Month End'));
  await fold(tenants);
  await access.expand(['Contoso', 'Finance – Month End']);
  await access.click('Zoë Álvarez');
  await take('access');
  await fold(access);

  const findings = await workbench.openView('Findings');
  await findings.expand('No administrator');
  await take('findings');

  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  // Of the tenant that is selected.
  await workbench.runCommand('Tenant Explorer: Open Report…');
  const report = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await report.getByRole('application').scrollIntoViewIfNeeded();
  await report.getByRole('heading', { name: 'Who can access what' }).evaluate((heading) => heading.scrollIntoView());
  await take('report');
}

/** Draws the edge of the side bar. */
async function widenSideBar(width: number): Promise<void> {
  const box = await workbench.page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar.');
  const y = box.y + box.height / 2;
  await workbench.page.mouse.move(box.x + box.width, y);
  await workbench.page.mouse.down();
  await workbench.page.mouse.move(box.x + width, y, { steps: 5 });
  await workbench.page.mouse.up();
}
