import { type Camera, openSamples } from './camera.ts';

/** Each part of the report, its head in each kind of theme, and the walkthrough. */
export async function reporting(camera: Camera): Promise<void> {
  const { workbench } = camera;
  const { page, prompts } = workbench;
  const tenants = await openSamples(camera, ['Contoso', 'Fabrikam']);
  for (const name of ['Before', 'After']) {
    await tenants.contextMenu('Contoso', 'Take Snapshot…');
    await prompts.enter(name);
  }
  await workbench.notifications.texts();
  await workbench.notifications.waitFor(/The snapshot holds/);
  await workbench.notifications.clear();
  await tenants.click('Contoso');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.runCommand('Open Walkthrough...');
  await prompts.choose('Get Started with Tenant Explorer');
  await page.locator('.gettingStartedContainer .getting-started-step').first().waitFor();
  await camera.of('walkthrough', page.locator('.part.editor'));

  // Of the tenant that is selected. The page takes the keys for itself, so it comes last.
  await workbench.runCommand('Tenant Explorer: Open Report…');
  const report = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const editor = page.locator('.part.editor');
  await report.getByRole('application').waitFor();
  await report.locator('#coverage').waitFor();
  const shows = (id: string) =>
    report.locator(`#${id}`).evaluate((part) => part.scrollIntoView({ block: 'start', behavior: 'instant' }));

  await camera.of('report-head', editor);
  await shows('matrix');
  await camera.of('report', editor);
  for (const part of ['findings', 'distribution', 'history', 'coverage']) {
    await shows(part);
    await camera.of(`report-${part}`, editor);
  }
  await shows('matrix');
  await workbench.setTheme('Dark Modern');
  await camera.of('report-dark', editor);
  await workbench.setTheme('Default High Contrast');
  await camera.of('report-contrast', editor);
  await workbench.setTheme('Light Modern');
}
