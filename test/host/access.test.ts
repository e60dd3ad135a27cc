import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { useInstalled } from './installed.ts';

describe('showAccess in VS Code', () => {
  const stage = useInstalled();

  async function copied(command: string): Promise<string> {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand(`tenantExplorer.${command}`);
    return vscode.env.clipboard.readText();
  }

  it('is shown of a row and of a text, compared, copied and cleared', async () => {
    const members = [user('Ana'), user('Ben')];
    const { tenantId } = await stage.serve(
      powerBIWith([workspace('Sales', members), workspace('Plan', [user('Ana')])]),
    );
    await stage.api.loadAll(tenantId);
    const { items } = await stage.api.members(tenantId, 'w-Sales');
    const [ana, ben] = ['Ana', 'Ben'].map((name) => items.find((one) => one.name === name));
    const target = (memberId: string | undefined) => ({ tenantId, groupId: 'w-Sales', memberId });

    await vscode.commands.executeCommand('tenantExplorer.showAccess', target(ana?.id));
    const shown = JSON.parse(await copied('copyAccessAsJson')) as { grants: { groupName: string; path: string[] }[] };
    const groups = shown.grants.map(({ groupName }) => groupName);
    assert.deepEqual(groups.toSorted(), ['Plan', 'Sales']);
    assert.match(await copied('copyAccess'), /\tSales\tAna\t/);

    await vscode.commands.executeCommand('tenantExplorer.compareAccess', target(ben?.id));
    const compared = JSON.parse(await copied('copyAccessAsJson')) as { differences: { difference: string }[] };
    assert.deepEqual(
      compared.differences.map(({ difference }) => difference),
      ['onlyFirst', 'same'],
    );
    await vscode.commands.executeCommand('tenantExplorer.clearAccess');
    await vscode.commands.executeCommand('tenantExplorer.clearAccess');
    await vscode.commands.executeCommand('tenantExplorer.showAccess', ana?.email ?? ana?.identifier);
    assert.match(await copied('copyAccess'), /\tPlan\tAna\t/);
    await vscode.commands.executeCommand('tenantExplorer.clearAccess');
  });
});
