import assert from 'node:assert/strict';
import { powerBITenant, type WorkspaceMember } from '../../src/sandbox/powerbi/tenant.ts';
import { lines } from '../contract/lines.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { json, status } from '../support/faults.ts';
import { addTenant } from '../support/tenantDialog.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const person = (name: string, right: WorkspaceMember['groupUserAccessRight']): WorkspaceMember => ({
  identifier: `${name.toLowerCase()}@example.com`,
  emailAddress: `${name.toLowerCase()}@example.com`,
  displayName: name,
  groupUserAccessRight: right,
  principalType: 'User',
});
const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const finance = [person('Ada', 'Admin'), person('Bob', 'Viewer')];
const secret = [person('Eve', 'Admin')];
const tenant = powerBITenant({
  name: 'Contoso',
  workspaces: [
    { id: id(1), name: 'Finance', type: 'Workspace', state: 'Active', members: finance },
    { id: id(2), name: 'Secret', type: 'Workspace', state: 'Active', members: secret },
  ],
});

describe('snapshots in the workbench', () => {
  let server: FaultServer;
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    server = await startFaultServer({ tenants: [tenant] });
    workbench = await openWorkbench({ size: { width: 1280, height: 800 } });
    tree = await workbench.openView('Tenants');
    for (const connection of server.connections) await addTenant(workbench, connection);
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });

  const editorText = (what: RegExp) =>
    until(
      workbench.page,
      `${what} in the editor`,
      async () => {
        const text = (await workbench.page.locator('.editor-instance .view-lines').allInnerTexts()).join('\n');
        // The editor shows spaces as hard ones.
        const plain = text.replaceAll('\u00a0', ' ');
        return what.test(plain) ? plain : undefined;
      },
      () => workbench.page.locator('.editor-instance .view-lines').allInnerTexts(),
    );

  it('are taken of what is loaded', async () => {
    await tree.contextMenu('Contoso', 'Load the Whole Tenant');
    await workbench.notifications.waitFor(/The tenant was read whole: 2 groups with 3 memberships/);
    await workbench.notifications.clear();
    await tree.contextMenu('Contoso', 'Take Snapshot…');
    await workbench.prompts.enter('Before the audit');
    await workbench.notifications.waitFor(/The snapshot holds 2 groups with 3 memberships/);
    await workbench.screenshot('snapshot-taken');
    await workbench.notifications.clear();
  });

  it('tell who gained, lost and changed access since then, and what is not known', async () => {
    const later = [person('Ada', 'Member'), person('Cem', 'Contributor')];
    server.add({
      match: new RegExp(`/groups/${id(1)}/users`),
      fault: json((body) => ({ ...(body as object), value: later })),
    });
    server.add({ match: new RegExp(`/groups/${id(2)}/users`), fault: status(401) });
    await tree.contextMenu('Contoso', 'Refresh');
    await tree.expand('Contoso');
    for (const group of ['Finance', 'Secret']) await tree.inlineAction(['Contoso', group], 'Refresh');
    await tree.waitForRows('the denial', (rows) => rows.some((row) => /no permission|denied/.test(row.description)));
    await tree.contextMenu('Contoso', 'Compare Snapshots…');
    await workbench.prompts.choose(/Before the audit/);
    await workbench.prompts.choose(/Now/);
    await workbench.prompts.widget.getByText('As a list').waitFor();
    await workbench.screenshot('snapshot-ways');
    await workbench.prompts.choose(/As a list/);
    const text = await editorText(/## Not known/);
    for (const line of [
      /## Gained access \(1\)\s+- Cem, cem@example.com.* – Finance: Contributor/,
      /## Lost access \(1\)\s+- Bob, .* – Finance: Viewer/,
      /## Changed right \(1\)\s+- Ada, .* – Finance: Admin → Member/,
      /Secret \(complete → (denied|partial)\); 0 members unknown/,
    ])
      assert.match(text, line);
    await workbench.screenshot('snapshot-list');
  });

  it('show the same side by side', async () => {
    await tree.contextMenu('Contoso', 'Compare Snapshots…');
    await workbench.prompts.choose(/Before the audit/);
    await workbench.prompts.choose(/Now/);
    await workbench.prompts.choose(/Side by side/);
    const text = await editorText(/Cem, cem@example\.com \(user\): Contributor/);
    assert.match(text, /Bob, bob@example\.com \(user\): Viewer/);
    assert.equal(server.count(lines.groups) > 0, true);
    await workbench.screenshot('snapshot-diff');
  });
});
