import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { useInstalled } from './installed.ts';

describe('changing access in VS Code', () => {
  const stage = useInstalled();

  it('sends nothing for a tenant that is read-only, as it is until somebody answers a modal dialog', async () => {
    const { tenantId, server } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana'), user('Ben')])]));
    const groupId = 'w-Sales';
    const { items } = await stage.api.members(tenantId, groupId);
    const target = { tenantId, groupId, memberId: items[0]?.id };
    server.forget();
    // The host of tests shows no modal dialog: that is no "yes".
    for (const name of ['removeMember', 'changeAccessRight'])
      await Promise.resolve(vscode.commands.executeCommand(`tenantExplorer.${name}`, target)).catch(() => undefined);
    for (const name of ['deleteGroup', 'renameGroup', 'addMember'])
      await Promise.resolve(vscode.commands.executeCommand(`tenantExplorer.${name}`, { tenantId, groupId })).catch(
        () => undefined,
      );
    assert.equal(server.requests.length, 0);
    assert.equal((await stage.api.members(tenantId, groupId)).items.length, 2);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
