import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../folders.ts';
import { type Camera, fold, openSamples, samples, widenSideBar, withCamera } from './camera.ts';

/** Views of VS Code itself, and ours of the same size, for docs/fitAndFinish.md. */
export async function beside(): Promise<void> {
  const folder = makeTemporaryFolder();
  try {
    makeRepository(folder);
    await withCamera({ folder, size: { width: 1000, height: 600 } }, async (camera) => {
      await widenSideBar(camera.workbench, 420);
      await theirs(camera);
      await ours(camera);
    });
  } finally {
    removeFolder(folder);
  }
}

/** Files with a history and changes: without them Explorer and Source Control have little to show. */
function makeRepository(folder: string): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@contoso.example'];
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...author, ...args]);
  mkdirSync(join(folder, 'src/model'), { recursive: true });
  for (const name of ['README.md', 'src/index.ts', 'src/model/customer.ts', 'src/model/order.ts'])
    write(name, 'export const sales = 1;\n');
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  write('src/index.ts', 'export const sales = 2;\n');
  write('src/model/invoice.ts', 'export const sales = 3;\n');
}

async function theirs(camera: Camera): Promise<void> {
  const { page, prompts, runCommand } = bound(camera);
  const sideBar = page.locator('.part.sidebar');
  const row = (view: string, text: string) => page.locator(`${view} .monaco-list-row`, { hasText: text }).first();
  await row('.explorer-folders-view', 'src').click();
  await row('.explorer-folders-view', 'model').click();
  await row('.explorer-folders-view', 'order.ts').hover();
  await camera.of('beside-explorer', sideBar);

  await row('.explorer-folders-view', 'README.md').click();
  await page.keyboard.press('Shift+Delete');
  await camera.of('beside-delete', page.locator('.monaco-dialog-box'));
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+Shift+G');
  await row('.scm-view', 'index.ts').hover();
  await camera.of('beside-source-control', sideBar);

  await runCommand('Search: Find in Files');
  await page.keyboard.type('export');
  await row('.search-view', 'order.ts').hover();
  await camera.of('beside-search', sideBar);

  await runCommand('Git: Checkout to...');
  await prompts.widget.getByText('Checkout detached').waitFor();
  await camera.of('beside-branches', prompts.widget);
  await prompts.dismiss();
}

async function ours(camera: Camera): Promise<void> {
  const { page, prompts, runCommand } = bound(camera);
  const { workbench } = camera;
  const sideBar = page.locator('.part.sidebar');
  const tenants = await openSamples(camera, samples);
  await tenants.expand('Contoso');
  await tenants.expand('Finance – Month End');
  const someone = ['Finance – Month End', 'Mira Kovačević'];
  await tenants.click(someone);
  await (await tenants.row('Customer Service')).hover();
  await camera.of('beside-tenants', sideBar);

  await tenants.contextMenu(someone, 'Remove from Group…');
  await camera.of('beside-remove', page.locator('.monaco-dialog-box'));
  await page.keyboard.press('Escape');
  await tenants.collapse('Contoso');

  await runCommand('Tenant Explorer: Find…');
  await prompts.type('zoe');
  const found = prompts.widget.locator('.monaco-list-row', { hasText: 'Zoë Álvarez' }).first();
  await found.hover();
  await camera.of('beside-find', prompts.widget);
  await found.locator('.action-label').first().click();
  const access = workbench.view('Access');
  await access.waitForRows('what she reaches', (rows) => rows.some(({ label }) => label === 'Finance – Month End'));
  await fold(tenants);
  await (await access.row(['Contoso', 'Finance – Month End'])).hover();
  await camera.of('beside-access', sideBar);
  await fold(access);

  const findings = await workbench.openView('Findings');
  await findings.expand('No administrator');
  await (await findings.row('No administrator')).hover();
  await camera.of('beside-findings', sideBar);
}

function bound({ workbench }: Camera) {
  const { page, prompts } = workbench;
  return { page, prompts, runCommand: (title: string) => workbench.runCommand(title) };
}
