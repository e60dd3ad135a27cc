import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { TreeRow, WorkbenchTree } from '../support/workbenchTree.ts';

const textOf = ({ label, description }: TreeRow) => `${label}: ${description}`;
const finance = ['Contoso', 'Finance – Month End'];

/** Who reaches what and why; each step goes on from where the one before has ended. */
describe('the access of somebody', () => {
  let workbench: Workbench;
  let tenants: WorkbenchTree;
  let access: WorkbenchTree;
  let folder: string;

  before(async () => {
    folder = makeTemporaryFolder();
    workbench = await openWorkbench({
      size: { width: 1280, height: 2000 },
      // Where the save dialog starts.
      env: { HOME: folder },
    });
    tenants = await workbench.openView('Tenants');
    await tenants.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tenants.waitForRows('four tenants', ({ length }) => length === 4);
  });
  after(async () => {
    await workbench?.close();
    removeFolder(folder);
  });

  const shows = (view: WorkbenchTree, what: string, ...lines: RegExp[]) =>
    view.waitForRows(what, (rows) => lines.every((line) => rows.some((row) => line.test(textOf(row)))));

  it('is shown from a find, by the button of a row', async () => {
    const { prompts } = workbench;
    for (const tenant of ['Contoso', 'Contoso Directory', 'Northwind Automation'])
      await tenants.contextMenu(tenant, 'Load the Whole Tenant');
    await shows(tenants, 'the directory', /^Contoso Directory: \d+ groups/);
    await workbench.runCommand('Tenant Explorer: Find…');
    await prompts.type('alvarez zoe');
    const row = prompts.widget.locator('.monaco-list-row', { hasText: 'Zoë Álvarez' }).first();
    await row.hover();
    await workbench.screenshot('access-find');
    await row.locator('.action-label').first().click();
    access = workbench.view('Access');
    const rows = await shows(access, 'what she reaches', /^Contoso: \d+ groups/);
    const lines = rows.map(textOf);
    assert.match(lines[0] ?? '', /^Zoë Álvarez: joined by e-mail in 3 tenants · administers 3 groups · zoe\.alvarez@/);
    assert.match(lines[1] ?? '', /^Contoso: 6 groups · 1 of 25 groups not loaded/);
    assert.match(lines[2] ?? '', /^1 of 25 groups not loaded: 1 without permission/);
    assert.ok(lines.some((line) => line.startsWith('Finance – Month End: Admin, Viewer · direct · 1 more way')));
    assert.ok(lines.some((line) => line.startsWith('Human Resources: Viewer · direct')));
    assert.ok(lines.some((line) => line.startsWith('Fabrikam: no access is known · nothing is loaded')));
    assert.match(lines.at(-1) ?? '', /^Not all access is shown here/);
    await workbench.screenshot('access-person');
  });

  it('tells each way into a group', async () => {
    const ways = await access.expand(finance);
    assert.deepEqual(ways.map(textOf), ['direct: Admin', 'via Finance Controllers: Viewer']);
    await workbench.screenshot('access-ways');
  });

  it('leads to the group in the tree', async () => {
    await access.click('Human Resources');
    await tenants.waitForRows('the group', (rows) => rows.some(({ label }) => label === 'Human Resources'));
    await workbench.screenshot('access-reveal');
    await tenants.collapse('Contoso');
  });

  it('reads the rest of a tenant from the row that tells the gap', async () => {
    const gap = await access.expand('Fabrikam');
    assert.equal(textOf(gap[0] ?? assert.fail()), 'nothing is loaded: click to load the rest');
    assert.match(
      textOf(gap[1] ?? assert.fail()),
      /^What Power BI says now of zoe\.alvarez@contoso\.com: asked when opened/,
    );
    await access.click(['Fabrikam', 'nothing is loaded']);
    await shows(access, 'what was read', /^Fabrikam: \d+ groups? · Guest/);
    await shows(access, 'the gap that is left', /^\d+ of \d+ groups not loaded: /);
  });

  it('is copied as a table that says what is missing, and as JSON', async () => {
    const table = await workbench.copied(() => access.titleAction('Copy Access as Table'));
    const [head = '', columns, ...rows] = table.trimEnd().split('\n');
    assert.match(head, /^"?# Access of .+Zoë Álvarez.+Not complete: .*Contoso/);
    assert.equal(columns, ['Tenant', 'Group', 'Who', 'E-mail', 'Guest', 'Right', 'Path', 'As of'].join('\t'));
    assert.ok(rows.some((row) => /^Contoso\tFinance – Month End\tZoë .*\tViewer\tFinance Controllers\t/.test(row)));
    const text = await workbench.copied(() => workbench.runCommand('Tenant Explorer: Copy Access as JSON'));
    const json = JSON.parse(text) as { head: { isComplete: boolean }; grants: { path: string[] }[] };
    assert.equal(json.head.isComplete, false);
    assert.equal(json.grants.length, rows.length);
  });

  it('is exported with the paths', async () => {
    await workbench.runCommand('Tenant Explorer: Export Shown Access…');
    await workbench.prompts.choose('NDJSON');
    await workbench.prompts.accept();
    await workbench.notifications.waitFor(/grants were exported\. Not all is known/);
    const [name = ''] = readdirSync(folder).filter((one) => one.startsWith('access-'));
    const [head = '', ...rows] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
    assert.match(head, /"accessOf":\["Zoë Álvarez"\]/);
    const paths = rows.map((row) => (JSON.parse(row) as { path: string[] }).path);
    assert.ok(paths.some((one) => one.join() === 'Finance Controllers'));
  });

  it('is compared with somebody else’s, side by side', async () => {
    const { prompts } = workbench;
    await access.titleAction('Compare Access With…');
    await prompts.type('tom');
    await prompts.choose(/Tom /);
    const rows = await shows(access, 'the comparison', /^Tom .*: compared with/, /^Both, with the same rights: \d/);
    const lines = rows.map(textOf);
    assert.ok(lines.some((line) => /^Only Zoë Álvarez: \d+$/.test(line)));
    assert.ok(
      lines.some((line) => /^Human Resources: Viewer · direct · Tom .*: none · Contoso$/.test(line)),
      lines.join('\n'),
    );
    await workbench.screenshot('access-compare');
    const table = await workbench.copied(() => access.titleAction('Copy Access as Table'));
    assert.match(
      table.split('\n')[1] ?? '',
      /^Difference\tTenant\tGroup\tWho\tZoë Álvarez: right\tZoë Álvarez: path\tTom/,
    );
    await access.titleAction('Clear Access');
    await shows(access, 'Zoë alone', /^Contoso: 6 groups/);
  });

  it('of a group is who has access to it, with what is not known', async () => {
    await tenants.expand('Contoso');
    await tenants.contextMenu(finance, 'Show Access');
    const rows = await shows(access, 'who has access', /^Finance – Month End: Contoso$/, /^Who has access: /);
    const lines = rows.map(textOf);
    assert.ok(
      lines.some((line) => /^Zoë Álvarez: Admin, Viewer · direct · 1 more way/.test(line)),
      lines.join('\n'),
    );
    assert.ok(
      lines.some((line) => /: Contributor · via BI Analysts/.test(line)),
      lines.join('\n'),
    );
    await workbench.screenshot('access-group');
  });

  it('is emptied, and offered again', async () => {
    await access.titleAction('Clear Access');
    const welcome = access.pane.locator('.welcome-view-content');
    await welcome.waitFor();
    assert.match(await welcome.innerText(), /can reach, in every tenant, and why/);
  });
});
