import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { powerBIWith, user, workspace } from '../contract/tenants.ts';
import { useInstalled } from './installed.ts';

describe('openReport in VS Code', () => {
  const stage = useInstalled();

  /** The pages of reports that are open. */
  const pages = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && /tenantExplorer\.report/.test(input.viewType));

  /** VS Code tells of tabs a moment after they are there. */
  async function opened(count: number): Promise<string[]> {
    while (pages().length !== count) {
      await new Promise<void>((resolve) => {
        const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
          listening.dispose();
          resolve();
        });
      });
    }
    return pages().map(({ label }) => label);
  }

  afterEach(async () => {
    await vscode.window.tabGroups.close(pages());
  });

  it('opens a page of the tenant that is meant, the same one the second time, and one of another', async () => {
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana')])]));
    await stage.api.loadAll(tenantId);
    await vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId });
    assert.deepEqual(await opened(1), ['Access report: Purpose-made']);
    await vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId });
    const other = await stage.serve(powerBIWith([]), [], { name: 'Other' });
    await vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId: other.tenantId });
    assert.deepEqual(await opened(2), ['Access report: Purpose-made', 'Access report: Other']);
  });

  it('opens one page where it is asked for twice at once', async () => {
    const { tenantId } = await stage.serve(powerBIWith([workspace('Sales', [user('Ana')])]));
    await stage.api.loadAll(tenantId);
    const other = await stage.serve(powerBIWith([]), [], { name: 'Other' });
    const open = () => vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId });
    await Promise.all([open(), open()]);
    // What was opened before it is told before it, too.
    await vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId: other.tenantId });
    assert.deepEqual(await opened(2), ['Access report: Purpose-made', 'Access report: Other']);
  });

  it('asks of which tenant where none is meant', async () => {
    await stage.serve(powerBIWith([]), [], { name: 'One' });
    await stage.serve(powerBIWith([]), [], { name: 'Other' });
    let isOver = false;
    const running = vscode.commands.executeCommand('tenantExplorer.openReport').then(() => {
      isOver = true;
    });
    // The first choice: all of them. The dialog may not be up yet.
    while (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await running;
    const [label] = await opened(1);
    assert.match(label ?? '', /^Access report: .*One, Other$/);
  });

  it('opens none for a tenant that is gone', async () => {
    await vscode.commands.executeCommand('tenantExplorer.openReport', { tenantId: 'gone' });
    assert.deepEqual(pages(), []);
  });
});
