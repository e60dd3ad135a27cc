import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { useExports } from './exports.ts';
import { useInstalled } from './installed.ts';

describe('exportAccess in VS Code', () => {
  const stage = useInstalled();
  const exported = useExports();

  it('asks for the format and the file, and writes it', async function () {
    // There the dialog is the system's own, which no test can answer.
    if (vscode.env.uiKind === vscode.UIKind.Desktop) return this.skip();
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana'), user('Bob')])]));
    await stage.api.loadAll(tenantId);
    const { name, text } = await exported('tenantExplorer.exportAccess', { tenantId });
    assert.match(name, /^access-.*\.csv$/);
    assert.match(text, /Sales,w-Sales,.*Ana/);
  });
});
