import assert from 'node:assert/strict';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { addTenant } from '../support/tenantDialog.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const large = generateTenant({ provider: 'powerbi', groups: 120, membersPerGroup: 3, name: 'Large' });
const finance = ['Contoso', 'Finance – Month End'];

/** What a person does who only looks; each step goes on from where the one before has ended. */
export function browse(where: string, options: () => Promise<WorkbenchOptions>): void {
  describe(`browsing, ${where}`, () => {
    let server: FaultServer;
    let workbench: Workbench;
    let tree: WorkbenchTree;

    before(async () => {
      server = await startFaultServer({ tenants: [large] });
      workbench = await openWorkbench({
        ...(await options()),
        settings: { 'tenantExplorer.pageSize': 50 },
        // High enough for a page of rows.
        size: { width: 1280, height: 1500 },
      });
    });
    after(async () => {
      await workbench?.close();
      await server?.close();
    });

    const labels = async (path: string | string[]) => (await tree.children(path)).map(({ label }) => label);

    it('welcomes, and asks nothing', async () => {
      tree = await workbench.openView('Tenants');
      const welcome = tree.pane.locator('.welcome-view-content');
      await welcome.waitFor();
      assert.match(await welcome.innerText(), /who has access to what/);
      assert.deepEqual(await welcome.getByRole('button').allTextContents(), ['Add a Tenant', 'Open Sample Tenants']);
      assert.deepEqual(await tree.rows(), []);
      assert.equal(await workbench.prompts.widget.count(), 0);
      assert.equal(await workbench.prompts.dialog.count(), 0);
      assert.deepEqual(await workbench.notifications.texts(), []);
    });

    it('opens the sample tenants by their button', async () => {
      await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
      const rows = await tree.waitForRows('four tenants', ({ length }) => length === 4);
      assert.deepEqual(
        rows.map(({ label, description }) => [label, description]),
        [
          ['Contoso', 'Sample'],
          ['Fabrikam', 'Sample'],
          ['Northwind Automation', 'Sample'],
          ['Contoso Directory', 'Sample'],
        ],
      );
    });

    it('shows a tenant’s groups in natural order, with icons and their number', async () => {
      const groups = await tree.expand('Contoso');
      assert.equal(groups.length, 25);
      const names = groups.map(({ label }) => label);
      assert.deepEqual(names.slice(0, 2), ['Board Materials', 'Company Town Hall']);
      const numbered = ['Workspace 1', 'Workspace 2', 'Workspace 3', 'Workspace 10', 'Workspace 11'];
      assert.deepEqual(
        names.filter((name) => name.startsWith('Workspace')),
        numbered,
      );
      assert.equal(names.at(-1), 'مبيعات الخليج');
      assert.equal(await tree.icon('Supply Chain'), 'briefcase');
      await tree.waitForRows('the number of groups', ([contoso]) =>
        /25 groups · just now/.test(contoso?.description ?? ''),
      );
    });

    it('shows a group’s members, the access right first', async () => {
      const members = await tree.expand(finance);
      const shown = members.map(({ label, description }) => `${label}: ${description}`);
      assert.equal(shown.length, 10);
      assert.ok(shown.includes('Zoë Álvarez: Admin · zoe.alvarez@contoso.com'));
      assert.ok(shown.includes('Mira Kovačević: Viewer · Guest · mira.kovacevic@adventure-works.com'));
      assert.ok(shown.includes('Contoso Dataset Refresh: Member'));
      assert.equal(await tree.icon([...finance, 'Zoë Álvarez']), 'person');
      assert.equal(await tree.icon([...finance, 'Mira Kovačević']), 'person-add');
      assert.equal(await tree.icon([...finance, 'Contoso Dataset Refresh']), 'extensions');
      assert.equal(await tree.icon([...finance, 'BI Analysts']), 'organization');
      await tree.waitForRows('the number of members', (rows) =>
        rows.some(({ description }) => description === '10 members'),
      );
    });

    it('says everything about a member in a tooltip', async () => {
      const lines = await tree.tooltip([...finance, 'Mira Kovačević']);
      assert.equal(lines[0], 'Name: Mira Kovačević');
      assert.ok(lines.includes('Kind: guest'), lines.join('\n'));
      assert.ok(lines.includes('Access right: Viewer'));
      assert.ok(lines.includes('E-mail: mira.kovacevic@adventure-works.com'));
      assert.ok(lines.includes('Identifier: mira.kovacevic_adventure-works.com#EXT#@contoso.onmicrosoft.com'));
      // An address is text here: nothing in it was made a link.
      assert.equal(await workbench.page.locator('.workbench-hover a').count(), 0);
    });

    it('copies names, ids, e-mail addresses and JSON', async () => {
      const zoe = [...finance, 'Zoë Álvarez'];
      const copied = (path: string[], what: string) => workbench.copied(() => tree.contextMenu(path, what));
      assert.equal(await copied(finance, 'Copy Name'), 'Finance – Month End');
      const groupId = await copied(finance, 'Copy ID');
      assert.match(groupId, /^[0-9a-f-]{36}$/);
      assert.equal(await copied(zoe, 'Copy Name'), 'Zoë Álvarez');
      assert.equal(await copied(zoe, 'Copy E-mail'), 'zoe.alvarez@contoso.com');
      const json = JSON.parse(await copied(zoe, 'Copy as JSON')) as Record<string, unknown>;
      assert.equal(json.accessRight, 'Admin');
      assert.equal(json.groupId, groupId);
    });

    it('copies what is selected, one a line', async () => {
      await tree.click([...finance, 'Jürgen Groß']);
      await tree.click([...finance, 'Zoë Álvarez'], ['Shift']);
      const names = ['Jürgen Groß', 'Mary Okonkwo-Smith', 'Mira Kovačević', 'Zoë Álvarez'];
      const copied = (what: string) =>
        workbench.copied(() => tree.contextMenu([...finance, 'Mary Okonkwo-Smith'], what));
      assert.equal(await copied('Copy Name'), names.join('\n'));
      const json = JSON.parse(await copied('Copy as JSON')) as { name: string }[];
      assert.deepEqual(
        json.map(({ name }) => name),
        names,
      );
    });

    it('shows details as a document that cannot be changed', async () => {
      const { page } = workbench;
      await tree.click([...finance, 'Zoë Álvarez']);
      await tree.contextMenu([...finance, 'Zoë Álvarez'], 'Show Details');
      await page.getByRole('tab', { name: 'Zoë Álvarez.json' }).waitFor();
      const editor = page.locator('.editor-instance .monaco-editor');
      await editor.getByText('"zoe.alvarez@contoso.com"').first().waitFor();
      await editor.locator('.view-lines').click();
      await page.keyboard.type('x');
      await page.locator('.monaco-editor-overlaymessage').getByText('read-only').waitFor();
    });

    it('says why a group cannot be read, and offers to retry', async () => {
      const [failure, ...others] = await tree.expand(['Contoso', 'Board Materials']);
      assert.deepEqual(others, []);
      assert.equal(failure?.label, 'No permission to read this');
      assert.match(failure.description, /^Ask an administrator .*GroupNotAccessible$/);
      const row = ['Board Materials', 'No permission to read this'];
      assert.equal(await tree.icon(row), 'error');
      assert.deepEqual(await tree.contextMenuItems(row), ['Retry', 'Show Log']);
      await tree.waitForRows('the state of the group', (rows) =>
        rows.some(({ description }) => description === 'no permission'),
      );
      await tree.collapse('Contoso');
    });

    it('shows who is in no group below the groups, when that is opened', async () => {
      const groups = await tree.expand('Northwind Automation');
      assert.equal(groups.at(-1)?.label, 'In no group');
      const nobody = ['Northwind Automation', 'In no group'];
      const shown = await tree.expand(nobody);
      assert.deepEqual(
        shown.map(({ label }) => label),
        ['Olúwaṣeun Adéyẹmí', 'Spare Robot 1'],
      );
      assert.equal(await tree.icon([...nobody, 'Spare Robot 1']), 'hubot');
      await tree.waitForRows('their number', (rows) =>
        rows.some(({ label, description }) => label === 'In no group' && description === '2'),
      );
      assert.deepEqual(await tree.contextMenuItems(nobody), ['Show Details', 'Refresh', 'Copy as JSON']);
      const spare = [...nobody, 'Spare Robot 1'];
      const json = await workbench.copied(() => tree.contextMenu(spare, 'Copy as JSON'));
      assert.equal((JSON.parse(json) as { groupName: string }).groupName, 'In no group');
      assert.equal(await workbench.copied(() => tree.contextMenu(spare, 'Copy Name')), 'Spare Robot 1');
      await workbench.screenshot('in-no-group');
      await tree.collapse('Northwind Automation');
    });

    it('shows more rows, then all, without a request', async () => {
      const [connection] = server.connections;
      assert.ok(connection);
      await addTenant(workbench, connection);
      await tree.expand('Large');
      await tree.toEnd();
      assert.equal((await tree.read('Load more')).description, '50 of 120 shown');
      const sent = server.requests.length;
      await tree.click('Load more');
      await tree.waitForRows('the second page', (rows) => rows.some(({ label }) => label === 'Workspace 51'));
      await tree.toEnd();
      assert.equal((await tree.read('Load more')).description, '100 of 120 shown');
      await tree.inlineAction('Load more', 'Load All');
      await tree.waitForRows('all', (rows) => !rows.some(({ label }) => label === 'Load more'));
      await tree.toEnd();
      await tree.waitForRows('the last group', (rows) => rows.some(({ label }) => label === 'Workspace 120'));
      assert.equal(server.requests.length, sent);
    });

    it('filters the groups, visibly, until one click', async () => {
      await tree.toStart();
      await tree.inlineAction('Large', 'Filter Groups');
      await workbench.prompts.enter('workspace 11');
      await tree.waitForRows('fewer groups', (rows) => !rows.some(({ label }) => label === 'Workspace 2'));
      assert.equal((await tree.read('Filter: “workspace 11”')).description, '11 of 120 groups');
      assert.deepEqual((await labels('Large')).slice(1), [
        'Workspace 11',
        ...Array.from({ length: 10 }, (_, index) => `Workspace ${110 + index}`),
      ]);
      assert.match((await tree.read('Large')).description, /filter “workspace 11”/);
      await tree.click('Filter: “workspace 11”');
      await tree.waitForRows('all groups', (rows) => rows.some(({ label }) => label === 'Workspace 2'));
      assert.ok(!(await labels('Large')).includes('Filter: “workspace 11”'));
    });

    it('filters the members of a group, visibly, until one click', async () => {
      await tree.expand('Contoso');
      await tree.inlineAction(finance, 'Filter Members');
      await workbench.prompts.waitForTitle('Filter Members');
      await workbench.prompts.chooseAll(['Viewer', 'Guests']);
      assert.equal((await tree.read('Filter: “Viewer, Guests”')).description, '1 of 10 members');
      await tree.waitForRows('fewer members', (rows) => !rows.some(({ label }) => label === 'Zoë Álvarez'));
      assert.deepEqual((await labels(finance)).slice(1), ['Mira Kovačević']);
      assert.equal((await tree.read(finance)).description, 'filter “Viewer, Guests” · 10 members');
      await tree.click('Filter: “Viewer, Guests”');
      await tree.waitForRows('all members', (rows) => rows.some(({ label }) => label === 'Zoë Álvarez'));
      assert.equal((await tree.read(finance)).description, '10 members');
      await tree.collapse('Contoso');
    });

    it('puts a pinned group first', async () => {
      await tree.inlineAction(['Large', 'Workspace 3'], 'Pin Group');
      const isFirst = (rows: readonly { label: string }[], name: string) =>
        rows[rows.findIndex(({ label }) => label === 'Large') + 1]?.label === name;
      await tree.waitForRows('the pinned group', (rows) => isFirst(rows, 'Workspace 3'));
      assert.equal(await tree.icon(['Large', 'Workspace 3']), 'pinned');
    });

    it('refreshes one group by one request', async () => {
      await tree.expand(['Large', 'Workspace 1']);
      const sent = server.requests.length;
      await tree.inlineAction(['Large', 'Workspace 1'], 'Refresh');
      const request = await server.received(/./, sent + 1);
      assert.match(request.line, /^GET \/large\/v1\.0\/myorg\/groups\/[0-9a-f-]{36}\/users\?/);
      await tree.waitForRows('the members', (rows) =>
        rows.some(({ description }) => description.startsWith('3 members')),
      );
      assert.equal(server.requests.length, sent + 1);
    });

    it('shows the tree again after a reload of the window, without a request', async () => {
      const sent = server.requests.length;
      await workbench.reload();
      tree = await workbench.openView('Tenants');
      const tenants = await tree.waitForRows('the tenants', ({ length }) => length === 5);
      assert.match(tenants[0]?.description ?? '', /^25 groups · .* · Sample$/);
      await tree.expand('Large');
      assert.equal((await labels('Large'))[0], 'Workspace 3');
      const members = await tree.expand(['Large', 'Workspace 1']);
      assert.equal(members.length, 3);
      assert.match(members[0]?.description ?? '', /^(Admin|Member|Contributor|Viewer)/);
      await tree.expand('Contoso');
      assert.equal((await tree.expand(finance)).length, 10);
      assert.equal(server.requests.length, sent);
    });

    it('puts it back when it is pinned no more', async () => {
      await tree.contextMenu(['Large', 'Workspace 3'], 'Unpin Group');
      await tree.waitForRows('the natural order', (rows) => {
        const index = rows.findIndex(({ label }) => label === 'Workspace 3');
        return rows[index - 1]?.label === 'Workspace 2';
      });
    });

    it('asks what is meant when a command is run from the palette', async () => {
      const { prompts } = workbench;
      const copied = await workbench.copied(async () => {
        await workbench.runCommand('Tenant Explorer: Copy E-mail');
        await prompts.choose('Contoso');
        await prompts.choose('Finance – Month End');
        await prompts.choose('Zoë Álvarez');
      });
      assert.equal(copied, 'zoe.alvarez@contoso.com');
    });
  });
}
