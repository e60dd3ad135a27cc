import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

describe('the walkthrough', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 900 } });
  });
  after(() => workbench?.close());

  const steps = () => workbench.page.locator('.gettingStartedContainer .getting-started-step');
  const step = (title: string) => steps().filter({ hasText: title });
  const isDone = (title: string) => step(title).locator('.codicon-getting-started-step-checked');

  const pictures = ['sampleTenants', 'ownTenant', 'person', 'snapshot', 'change'];

  /** Waits until it is what a frame of the window shows. */
  async function showsPicture(name: string): Promise<void> {
    const [path = ''] =
      /<path d="[^"]+"/.exec(readFileSync(join(projectFolder, `media/walkthrough/${name}.svg`), 'utf8')) ?? [];
    await until(workbench.page, `the picture ${name}`, async () => {
      for (const frame of workbench.page.frames()) {
        const shown = await frame
          .evaluate<string>(
            'document.querySelector("svg")?.getBoundingClientRect().width > 100 ? document.body.innerHTML : ""',
          )
          // Frames come and go.
          .catch(() => '');
        if (shown.includes(path)) return true;
      }
      return undefined;
    });
  }

  it('is offered among those of VS Code', async () => {
    await workbench.runCommand('Open Walkthrough...');
    await workbench.prompts.choose('Get Started with Tenant Explorer');
    await steps().first().waitFor();
    assert.deepEqual(await steps().locator('h3').allTextContents(), [
      'Look around in sample tenants',
      'Add your own tenant',
      'Find a person',
      'Take a snapshot',
      'Change access',
    ]);
    assert.equal(await steps().locator('.codicon-getting-started-step-checked').count(), 0);
  });

  for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast'] as const) {
    it(`shows its pictures, ${theme}`, async () => {
      await workbench.setTheme(theme);
      for (const [index, name] of pictures.entries()) {
        // The open one would be closed by a click.
        if (index > 0) await steps().nth(index).click();
        await showsPicture(name);
        await workbench.screenshot(`walkthrough-${name}-${theme.split(' ', 1)[0]?.toLowerCase()}`);
      }
      await steps().first().click();
    });
  }

  it('ticks a step when its effect is there, not before', async () => {
    await step('Look around in sample tenants').click();
    assert.equal(await isDone('Look around in sample tenants').count(), 0);
    await workbench.page.getByRole('button', { name: 'Open Sample Tenants' }).first().click();
    await isDone('Look around in sample tenants').waitFor();

    await step('Find a person').click();
    await workbench.page.locator('.getting-started-step').getByRole('button', { name: 'Find…' }).click();
    await workbench.prompts.dismiss();
    assert.equal(await isDone('Find a person').count(), 0);
    assert.equal(await isDone('Change access').count(), 0);
    await workbench.screenshot('walkthrough-ticked');
  });
});
