import { type Camera, fold, openSamples, samples, widenSideBar } from './camera.ts';

/** The three views, from the welcome on. */
export async function views(camera: Camera): Promise<void> {
  const { workbench } = camera;
  const { page, prompts } = workbench;
  const sideBar = page.locator('.part.sidebar');
  const quickInput = prompts.widget;

  const first = await workbench.openView('Tenants');
  await widenSideBar(workbench, 500);
  await first.pane.getByRole('button', { name: 'Open Sample Tenants' }).waitFor();
  await camera.of('welcome', page.locator('.part.activitybar'), sideBar);

  const tenants = await openSamples(camera, samples);
  await tenants.expand('Contoso');
  await tenants.expand('Board Materials');
  await tenants.expand('Finance – Month End');
  await tenants.click(['Finance – Month End', 'Mira Kovačević']);
  await camera.window('tenants-light');
  await workbench.setTheme('Dark Modern');
  await camera.window('tenants-dark');
  await workbench.setTheme('Default High Contrast');
  await camera.of('tenants-contrast', sideBar);
  await workbench.setTheme('Light Modern');

  await tenants.tooltip(['Finance – Month End', 'Mira Kovačević']);
  await camera.of('tooltip', sideBar, page.locator('.workbench-hover').first());
  const group = await tenants.row(['Contoso', 'Finance – Month End']);
  await group.locator('.label-name').click({ button: 'right' });
  const menu = page.locator('.monaco-menu-container .monaco-menu');
  await menu.getByRole('menuitem', { name: 'Copy as JSON' }).waitFor();
  await camera.of('menu', tenants.pane, menu);
  await page.keyboard.press('Escape');
  const below = await tenants.row('Company Town Hall');
  await tenants.tooltip(['Board Materials', 'No permission to read this']);
  await camera.of('failure', tenants.pane.locator('.pane-header'), below, page.locator('.workbench-hover').first());

  await tenants.collapse('Board Materials');
  await tenants.collapse('Finance – Month End');
  await tenants.inlineAction('Contoso', 'Filter Groups');
  await prompts.type('sales');
  await camera.of('filter-question', quickInput);
  await prompts.accept();
  await tenants.read('Filter: “sales”');
  await camera.of('filter', tenants.pane.locator('.pane-header'), await tenants.row('Contoso Directory'));
  await tenants.click('Filter: “sales”');
  await tenants.inlineAction('Finance – Month End', 'Filter Members');
  await prompts.waitForTitle('Filter Members');
  await camera.of('filter-members', quickInput);
  await prompts.dismiss();

  await workbench.runCommand('Tenant Explorer: Find…');
  await prompts.type('zoe');
  const found = quickInput.locator('.monaco-list-row', { hasText: 'Zoë Álvarez' }).first();
  await found.hover();
  await camera.of('find', quickInput);
  await found.locator('.action-label').first().click();

  const access = workbench.view('Access');
  await access.waitForRows('what she reaches', (rows) => rows.some(({ label }) => label === 'Finance – Month End'));
  await fold(tenants);
  await access.expand(['Contoso', 'Finance – Month End']);
  await access.click('Zoë Álvarez');
  await camera.of('access', access.pane);
  await access.titleAction('Compare Access With…');
  await prompts.type('tom');
  await prompts.choose(/Tom /);
  await access.waitForRows('the comparison', (rows) =>
    rows.some(({ description }) => /compared with/.test(description)),
  );
  await camera.of('access-compare', access.pane);
  await fold(tenants);
  await tenants.contextMenu(['Contoso', 'Finance – Month End'], 'Show Access');
  await access.waitForRows('who has access', (rows) => rows.some(({ label }) => label === 'Who has access'));
  await fold(tenants);
  await camera.of('access-group', access.pane);
  await fold(access);

  const findings = await workbench.openView('Findings');
  await findings.expand('No administrator');
  await camera.of('findings', findings.pane);
  const [ignored] = await findings.children('No administrator');
  if (!ignored) throw new Error('There is no finding to ignore.');
  await findings.contextMenu(['No administrator', ignored.label], 'Ignore…');
  await prompts.type('Archived; nobody may change it any more.');
  await camera.of('ignore', quickInput);
  await prompts.accept();
  await findings.expand('Ignored');
  await camera.of('findings-ignored', findings.pane);
}
