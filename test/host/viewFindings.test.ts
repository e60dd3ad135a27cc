import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { useExports } from './exports.ts';
import { useInstalled } from './installed.ts';

// The last file by its name: once the view is open, the keyboard's commands of other tests go to it.
describe('findings in VS Code', () => {
  const stage = useInstalled();
  const exported = useExports();

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
      const { name, text } = await exported('tenantExplorer.exportFindings');
      assert.match(name, /^findings-.*\.csv$/);
      const own = text.split('\r\n').filter((line) => /,Purpose-made,|,w-/.test(line));
      assert.deepEqual(
        own.map((line) => line.split(',').slice(0, 2).join()),
        ['high,No administrator', 'high,Guests who can edit', 'low,Empty groups'],
      );
    } finally {
      await settings.update('findings.severity', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
