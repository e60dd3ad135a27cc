import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { rejectsWith } from '../contract/stage.ts';
import { plainPowerBI } from '../contract/tenants.ts';
import { useInstalled } from './installed.ts';

describe('sessions in VS Code', () => {
  const stage = useInstalled();

  it('end by signOut: no token is sent any more, and the rows stay', async () => {
    const { server, tenantId } = await stage.serve(plainPowerBI(3, 2));
    assert.equal((await stage.api.groups(tenantId)).completeness.state, 'complete');
    const before = server.requests.length;
    await vscode.commands.executeCommand('tenantExplorer.signOut', { tenantId });
    const { items, completeness } = await stage.api.groups(tenantId, { refresh: true });
    assert.deepEqual([items.length, completeness.state, completeness.kind], [3, 'failed', 'notSignedIn']);
    assert.equal(server.requests.length, before);
  });

  it('of methods that need a person start signed out, and loads ask nobody', async () => {
    const clientId = 'a3c7b1de-0000-4000-8000-1234567890ab';
    const connections = [
      { provider: 'powerbi', name: 'One', auth: { method: 'microsoft' } },
      { provider: 'powerbi', name: 'Two', auth: { method: 'interactive', clientId } },
      { provider: 'entra', name: 'Three', auth: { method: 'deviceCode', clientId } },
      { provider: 'uipath', name: 'Four', auth: { method: 'oauth', clientId } },
    ] as const;
    for (const connection of connections) {
      const tenantId = await stage.api.addTenant(connection);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state, completeness.kind], [0, 'failed', 'notSignedIn']);
      assert.equal((await stage.api.loadAll(tenantId)).kind, 'notSignedIn');
      await stage.api.removeTenant(tenantId);
    }
  });

  it('are refused where a provider lacks the method, or its details are missing', async () => {
    const clientId = 'app';
    for (const auth of [
      { method: 'oauth', clientId },
      { method: 'interactive' },
      { method: 'clientCredentials', clientId },
    ]) {
      await rejectsWith('invalid', stage.api.addTenant({ provider: 'powerbi', name: 'x', auth } as never));
    }
  });
});
