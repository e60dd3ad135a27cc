import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choicesOf } from '../../../src/commands/choose/findChoices.ts';
import { chooseAccess } from '../../../src/commands/chooseAccess.ts';
import { clearAccess } from '../../../src/commands/clearAccess.ts';
import { compareAccess } from '../../../src/commands/compareAccess.ts';
import { copyAccess } from '../../../src/commands/copyAccess.ts';
import { copyAccessAsJson } from '../../../src/commands/copyAccessAsJson.ts';
import { exportShownAccess } from '../../../src/commands/exportShownAccess.ts';
import { find } from '../../../src/commands/find.ts';
import { showAccess } from '../../../src/commands/showAccess.ts';
import { showInTenants } from '../../../src/commands/showInTenants.ts';
import { askedSubject } from '../../../src/core/access/subject.ts';
import type { TenantRecord } from '../../../src/core/model.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import type { ExportRow } from '../../../src/export/row.ts';
import { powerbi } from '../../../src/providers/powerbi/index.ts';
import { openSnapshotWithReads } from '../../../src/store/snapshotReads.ts';
import { createFakeDeps, type FakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { createFakeReader } from '../../support/fakeReader.ts';
import type { Reply } from '../../support/fakeUi.ts';
import { contoso, group, groupsOf, member, openReader, openWriter, storePath } from '../store/fixture.ts';

/** Commands over a real store: Ana and Ben in two groups of Contoso, Ana in a nested one; Fabrikam was never read. */
function stage(...replies: Reply[]): FakeDeps & Pick<ReturnType<typeof openWriter>, 'load'> {
  const path = storePath();
  const { writer, load } = openWriter(path);
  writer.addTenant(contoso);
  writer.addTenant({ ...contoso, id: 'fabrikam', name: 'Fabrikam' });
  const ana = member('ana', { name: 'Ana', email: 'ana@x.example', accessRight: 'Admin' });
  const ben = member('ben', { name: '=Ben', accessRight: 'Viewer' });
  load(groupsOf('contoso'), {
    groups: [
      group('plan', { members: [ana, ben] }),
      group('team', { members: [ana] }),
      group('sales', { members: [member('team', { principalType: 'group', accessRight: 'Member' })] }),
    ],
  });
  const deps = createFakeDeps(...replies);
  const reader = { ...createFakeReader(), ...openReader(path) };
  return Object.assign(deps, { reader, load, openSnapshot: async () => openSnapshotWithReads(path) });
}

const at = (groupId: string, memberId?: string) => ({
  tenantId: 'contoso',
  groupId,
  ...(memberId === undefined ? {} : { memberId }),
});
const names = ({ accessShown }: FakeDeps) => accessShown.map(({ name }) => name);

describe('showAccess', () => {
  it('shows that of a row, of a group with its members, of a text that means one', async () => {
    const deps = stage();
    await run(showAccess, deps, at('plan', 'ana'));
    assert.deepEqual([names(deps), deps.accessShown[0]?.group], [['Ana'], undefined]);
    await run(showAccess, deps, at('plan'));
    assert.deepEqual([names(deps), deps.accessShown[0]?.group], [['Group plan'], at('plan')]);
    await run(showAccess, deps, at('sales', 'team'));
    assert.deepEqual([names(deps), { ...deps.accessShown[0]?.group }], [['Name of team'], at('team')]);
    await run(showAccess, deps, 'ANA@x.example');
    assert.deepEqual(names(deps), ['Ana']);
    assert.deepEqual(deps.ui.shown, []);
  });

  it('takes the selection, compares two, and says so of more', async () => {
    const deps = stage();
    deps.selected = [at('plan', 'ana')];
    await run(showAccess, deps);
    assert.deepEqual(names(deps), ['Ana']);
    const two = [at('plan', 'ana'), at('plan', 'ben')];
    await run(showAccess, deps, two[0], two);
    assert.deepEqual(names(deps), ['Ana', '=Ben']);
    await run(showAccess, deps, two[0], [...two, at('team')]);
    assert.deepEqual(deps.ui.informed, ['Select one row to see its access, or two to compare them.']);
  });

  it('offers to ask a service for somebody unknown, and asks nobody by itself', async () => {
    const ask = 'Ask Power BI for “new@x.example”';
    const deps = stage(`new@x.example → ${ask}`, `new@x.example → ${ask}`);
    const connection = { ...contoso.connection, scope: 'admin' } as const;
    const known = deps.reader.tenants();
    const tenants = () => known.map((tenant) => (tenant.id === 'fabrikam' ? { ...tenant, connection } : tenant));
    Object.assign(deps, {
      reader: { ...deps.reader, tenants },
      providers: () => [{ ...powerbi, id: contoso.provider }],
    });
    await run(showAccess, deps, 'new@x.example');
    assert.deepEqual(deps.accessShown, [askedSubject('new@x.example')]);
    assert.ok(deps.ui.shown[0]?.labels?.includes(`${ask} | one request a tenant, as an administrator | Fabrikam`));
    await run(find, deps);
    assert.deepEqual([deps.accessShown, deps.sync.calls], [[askedSubject('new@x.example')], []]);
    const offered = async (text: string) => (await choicesOf(deps, text)).choices.some(({ value }) => 'ask' in value);
    assert.deepEqual(
      await Promise.all(
        ['new@x.example', ' New@X.example ', 'ANA@x.example', 'new', 'new@x', 'a b@x.example'].map(offered),
      ),
      [true, true, false, false, false, false],
    );
    Object.assign(deps, { reader: { ...deps.reader, tenants: () => known } });
    assert.equal(await offered('new@x.example'), false);
  });

  it('offers to ask each service, with the tenants of that service', async () => {
    const deps = stage();
    // Of these nothing is loaded.
    const asked = ['fabrikam', 'woodgrove'].map((id): TenantRecord => {
      const connection = { ...contoso.connection, scope: 'admin' } as const;
      return { ...contoso, id, name: `Tenant ${id}`, provider: id, connection };
    });
    const services = asked.map(({ id }) => ({ ...powerbi, id, label: `Service of ${id}` }));
    Object.assign(deps, { reader: { ...deps.reader, tenants: () => asked }, providers: () => services });
    const offered = (await choicesOf(deps, 'new@x.example')).choices.filter(({ value }) => 'ask' in value);
    assert.deepEqual(
      offered.map(({ label, detail }) => [label, detail]),
      asked.map(({ id, name }) => [`Ask Service of ${id} for “new@x.example”`, name]),
    );
  });

  it('asks where nobody is meant: not by a tenant, nor by those in no group', async () => {
    const deps = stage('ana → Ana', 'b → =Ben', 'team → Group team');
    deps.selected = [{ tenantId: 'contoso' }, { tenantId: 'contoso', groupId: noGroupId }];
    await run(showAccess, deps);
    assert.deepEqual(names(deps), ['Ana']);
    deps.selected = [at('plan', 'ana')];
    await run(chooseAccess, deps);
    assert.deepEqual(names(deps), ['=Ben']);
    await run(chooseAccess, deps);
    assert.deepEqual(names(deps), ['Group team']);
    await assert.rejects(run(showAccess, deps, at('plan', 'nobody')), { kind: 'notFound' });
    await assert.rejects(run(showAccess, deps, at('nothing')), { kind: 'notFound' });
  });

  it('is offered by a find', async () => {
    const deps = stage('ana → Ana → Show Access');
    await run(find, deps);
    assert.deepEqual([names(deps), deps.revealed], [['Ana'], []]);
  });

  it('ends a comparison before it ends', async () => {
    const deps = stage('ben → =Ben', 'ana → Ana', 'ben → =Ben');
    await run(showAccess, deps, at('plan', 'ana'));
    await run(compareAccess, deps);
    assert.deepEqual(names(deps), ['Ana', '=Ben']);
    await run(compareAccess, deps, at('team'));
    assert.deepEqual(names(deps), ['Ana', 'Group team']);
    await run(clearAccess, deps);
    assert.deepEqual(names(deps), ['Ana']);
    await run(clearAccess, deps);
    assert.deepEqual(names(deps), []);
    await run(compareAccess, deps);
    assert.deepEqual(names(deps), ['Ana', '=Ben']);
  });

  it('leads to a row of the tree', async () => {
    const deps = stage();
    await run(showInTenants, deps, { ...at('plan', 'ana'), id: 'row', more: undefined });
    assert.deepEqual(deps.revealed, [at('plan', 'ana')]);
  });
});

describe('the access that is shown', () => {
  const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

  it('is copied as a table that begins with what is missing', async () => {
    const deps = stage();
    await run(showAccess, deps, at('plan', 'ana'));
    await run(copyAccess, deps);
    const [text = ''] = deps.ui.copied;
    assert.match(text, /^"?# Access of “Ana” as .*Not complete: Fabrikam: the list of groups is not loaded/);
    assert.match(
      lineOf(text, 'Contoso\tGroup plan') ?? '',
      /^Contoso\tGroup plan\tAna\tana@x\.example\t\tAdmin\tdirect\t20/,
    );
    assert.match(lineOf(text, 'Contoso\tGroup sales') ?? '', /\tMember\tGroup team\t/);
    assert.equal(text.trimEnd().split('\n').length, 5);
  });

  it('is asked for where there is none, and harmless in a spreadsheet', async () => {
    const deps = stage('ben → =Ben');
    await run(copyAccess, deps);
    assert.match(deps.ui.copied[0] ?? '', /\t'=Ben\t/);
    assert.deepEqual(names(deps), ['=Ben']);
  });

  it('is copied as JSON with its completeness', async () => {
    const deps = stage();
    await run(showAccess, deps, at('sales'));
    await run(copyAccessAsJson, deps);
    const { head, grants } = JSON.parse(deps.ui.copied[0] ?? '') as {
      head: { isComplete: boolean; accessOf: string[] };
      grants: { groupName: string; principalName: string; right: string; path: string[] }[];
    };
    assert.deepEqual([head.isComplete, head.accessOf], [false, ['Group sales']]);
    assert.deepEqual(
      grants.map(({ groupName, principalName, right, path }) => [groupName, principalName, right, path]),
      [['Group sales', 'Ana', 'Member', ['Group team']]],
    );
  });

  it('is copied side by side where two are compared, and what is not known is not "none"', async () => {
    const deps = stage();
    await run(showAccess, deps, at('plan', 'ana'), [at('plan', 'ana'), at('plan', 'ben')]);
    await run(copyAccess, deps);
    const lines = (deps.ui.copied[0] ?? '').split('\n').slice(1);
    assert.deepEqual(lines, [
      "Difference\tTenant\tGroup\tWho\tAna: right\tAna: path\t'=Ben: right\t'=Ben: path",
      'only Ana\tContoso\tGroup sales\t\tMember\tGroup team\tnone\t',
      'only Ana\tContoso\tGroup team\t\tAdmin\tdirect\tnone\t',
      'different rights\tContoso\tGroup plan\t\tAdmin\tdirect\tViewer\tdirect',
      '',
    ]);
    await run(copyAccessAsJson, deps);
    const { differences } = JSON.parse(deps.ui.copied[1] ?? '') as { differences: { second: { access: string } }[] };
    assert.deepEqual(
      differences.map(({ second }) => second.access),
      ['none', 'none', 'yes'],
    );
  });

  it('is copied and exported as it was at one moment, whatever is written meanwhile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'access-'));
    try {
      const path = join(folder, 'plan.json');
      const deps = stage('JSON', path);
      const { openSnapshot: open, load } = deps;
      const overtaken = Object.assign(deps, {
        openSnapshot: async () => {
          const snapshot = await open();
          load(groupsOf('contoso'), {
            groups: [group('plan', { name: 'Renamed', members: [member('new')] }), group('fourth')],
          });
          return snapshot;
        },
      });
      await run(showAccess, overtaken, at('plan'));
      await run(exportShownAccess, overtaken);
      const { head, grants } = JSON.parse(readFileSync(path, 'utf8'));
      assert.deepEqual(head.scope[0].memberLists, { complete: 3 });
      assert.deepEqual(
        (grants as ExportRow[]).map(({ groupName, principalName }) => [groupName, principalName]),
        [
          ['Group plan', '=Ben'],
          ['Group plan', 'Ana'],
        ],
      );
      await run(copyAccess, overtaken);
      assert.match(deps.ui.copied[0] ?? '', /Renamed\tName of new/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is exported with the paths in the columns of every export', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'access-'));
    try {
      const path = join(folder, 'ana.csv');
      const deps = stage('CSV', path);
      await run(showAccess, deps, at('plan', 'ana'));
      await run(exportShownAccess, deps);
      const text = readFileSync(path, 'utf8');
      assert.match(text, /^\uFEFF"# Access of “Ana” as .*Not complete/);
      assert.match(
        text,
        /Contoso,test,Group sales,sales,workspace,Ana,ana@x\.example,ana,user,false,Member,"\["+Group team"+\]"/,
      );
      assert.match(deps.ui.informed[0] ?? '', /^3 grants were exported\. Not all is known/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
