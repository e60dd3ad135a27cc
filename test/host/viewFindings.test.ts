import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import { useStage } from '../contract/stage.ts';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';

// The last file by its name: once the view is open, the keyboard's commands of other tests go to it.
describe('findings in VS Code', () => {
  const stage = useStage(async () => {
    const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
    assert.ok(extension);
    return { api: await extension.activate(), close: async () => undefined };
  });
  const home = process.env.HOME;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'findings-'));
    // Where the save dialog starts; extensions run in this process, too.
    process.env.HOME = folder;
  });
  after(() => {
    process.env.HOME = home;
    rmSync(folder, { recursive: true, force: true });
  });

  it('are shown in their view and exported, by the meaning of the service’s rights and by the settings', async function () {
    // There the dialog is the system's own, which no test can answer.
    if (vscode.env.uiKind === vscode.UIKind.Desktop) return this.skip();
    const guest = user('Eve', { userType: 'Guest', groupUserAccessRight: 'Admin' });
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [guest]), workspace('Empty', [])]));
    await stage.api.loadAll(tenantId);
    const settings = vscode.workspace.getConfiguration('tenantExplorer');
    await settings.update('findings.severity', { oneAdmin: 'off' }, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('tenantExplorer.refreshFindings');
      let isOver = false;
      const running = vscode.commands.executeCommand('tenantExplorer.exportFindings').then(() => {
        isOver = true;
      });
      // The first of the formats, then the name that the save dialog offers; a dialog may not be up yet.
      while (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await running;
    } finally {
      await settings.update('findings.severity', undefined, vscode.ConfigurationTarget.Global);
    }
    const [name = ''] = readdirSync(folder).filter((one) => one.startsWith('findings-'));
    assert.match(name, /^findings-.*\.csv$/);
    const own = readFileSync(join(folder, name), 'utf8')
      .split('\r\n')
      .filter((line) => /,Purpose-made,|,w-/.test(line));
    assert.deepEqual(
      own.map((line) => line.split(',').slice(0, 2).join()),
      ['high,No administrator', 'high,Guests who can edit', 'low,Empty groups'],
    );
  });
});
