import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import { useStage } from '../contract/stage.ts';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';

describe('the view of findings in VS Code', () => {
  const stage = useStage(async () => {
    const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
    assert.ok(extension);
    return { api: await extension.activate(), close: async () => undefined };
  });
  /** What the first row of the list that has the focus is about: as JSON of the copied row. */
  async function copied(): Promise<string> {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('tenantExplorer.copyName');
    return vscode.env.clipboard.readText();
  }

  it('has rows that show their group in the tree', async () => {
    const guest = user('Eve', { userType: 'Guest', groupUserAccessRight: 'Admin' });
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [guest]), workspace('Empty', [])]));
    await stage.api.loadAll(tenantId);
    await vscode.commands.executeCommand('tenantExplorer.refreshFindings');
    // From the first section into its first finding, and a click on it: the tree then has that row selected.
    for (const command of ['list.focusFirst', 'list.expand', 'list.focusDown', 'list.select'])
      await vscode.commands.executeCommand(command);
    const start = Date.now();
    let name = await copied();
    while (name === '' && Date.now() - start < 20_000) {
      await vscode.commands.executeCommand('tenantExplorer.findings.focus');
      for (const command of ['list.focusFirst', 'list.expand', 'list.focusDown', 'list.select'])
        await vscode.commands.executeCommand(command);
      name = await copied();
    }
    assert.equal(name, 'Empty');
  });
});
