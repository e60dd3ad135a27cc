import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import { useStage } from '../contract/stage.ts';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';

describe('exportAccess in VS Code', () => {
  const stage = useStage(async () => {
    const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
    assert.ok(extension);
    return { api: await extension.activate(), close: async () => undefined };
  });
  const home = process.env.HOME;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'export-'));
    // Where the save dialog starts; extensions run in this process, too.
    process.env.HOME = folder;
  });
  after(() => {
    process.env.HOME = home;
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks for the format and the file, and writes it', async function () {
    // There the dialog is the system's own, which no test can answer.
    if (vscode.env.uiKind === vscode.UIKind.Desktop) return this.skip();
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana'), user('Bob')])]));
    await stage.api.loadAll(tenantId);
    let isOver = false;
    const running = vscode.commands.executeCommand('tenantExplorer.exportAccess', { tenantId }).then(() => {
      isOver = true;
    });
    // The first of the formats, then the name that the save dialog offers; a dialog may not be up yet.
    while (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await running;
    const [name = ''] = readdirSync(folder);
    assert.match(name, /^access-.*\.csv$/);
    const text = readFileSync(join(folder, name), 'utf8');
    assert.match(text, /Sales,w-Sales,.*Ana/);
  });
});
