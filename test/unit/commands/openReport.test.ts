import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openReport } from '../../../src/commands/openReport.ts';
import { countAccess } from '../../../src/commands/report/countAccess.ts';
import { readReport } from '../../../src/commands/report/readReport.ts';
import { reportSourceOf } from '../../../src/commands/report/reportSource.ts';
import { isAppError } from '../../../src/core/errors.ts';
import type { Report } from '../../../src/core/report/report.ts';
import { createTurns } from '../../../src/core/turns/turns.ts';
import { openSnapshotWithReads } from '../../../src/store/snapshotReads.ts';
import { createFakeDeps, type FakeDeps, run } from '../../support/fakeCommandDeps.ts';
import type { Reply } from '../../support/fakeUi.ts';
import { parseStrictCsv } from '../../support/strictCsv.ts';
import { emptyFolder } from '../export/fixture.ts';
import { admin, createWorld, guest, nested, rules, viewer, type World } from '../store/queries/findings/fixture.ts';
import { guid } from '../store/world.ts';

/** What the command gets, over a real store. */
function depsOver(world: World, ...replies: Reply[]): FakeDeps {
  const fake = createFakeDeps(...replies);
  const { findingsView } = fake;
  const plan = async () => ({ ...(await findingsView.plan()), rules });
  return Object.assign(fake, {
    reader: world.reader,
    openSnapshot: async () => openSnapshotWithReads(world.path),
    findingsView: { ...findingsView, plan },
  });
}

async function reportOf(world: World, ...tenantIds: string[]) {
  return readReport(depsOver(world), tenantIds, new AbortController().signal);
}

/** A person's cells, as `group: right`. */
function cellsOf({ people, groups, rights }: Report, name: string): string[] {
  const cells = people.filter((one) => one.name === name).flatMap((one) => one.cells);
  return cells.flatMap((group, i) =>
    i % 2 === 0 ? [`${groups[group]?.name}: ${rights[cells[i + 1] ?? -1]?.name}`] : [],
  );
}

describe('openReport', () => {
  let world: World;

  beforeEach(() => {
    world = createWorld();
    world.tenant('a', {
      sales: [
        admin('ana', { name: 'Ana', email: 'ana@contoso.example' }),
        guest('eve', 'Member'),
        nested(guid(1), { name: 'Team', accessRight: 'Viewer' }),
        viewer('none', { name: 'Nobody', accessRight: 'None' }),
      ],
      hr: [viewer('ana', { name: 'Ana', email: 'ana@contoso.example' })],
      [guid(1)]: [viewer('tom', { name: 'Tom' })],
      secret: {},
    });
    world.tenant('b', { robots: [viewer('ana2', { name: 'Ana B', email: 'ANA@contoso.example' })] });
  });

  it('tells who has which right, each person once, and who is no member by the right None', async () => {
    const { report } = await reportOf(world, 'a', 'b');
    assert.deepEqual(cellsOf(report, 'Ana'), ['Group hr: Viewer', 'Group sales: Admin', 'Group robots: Viewer']);
    assert.deepEqual(
      report.people.map(({ name, kind }) => `${name} ${kind}`).toSorted(),
      ['Ana user', 'Name of eve guest', 'Team group', 'Tom user'].toSorted(),
    );
    assert.deepEqual(report.counts, { groups: 5, people: 4, guests: 1, admins: 1, grants: 6, unknownGroups: 1 });
    assert.deepEqual(
      report.rights.map(({ name, level, grants, guestGrants }) => [name, level, grants, guestGrants]),
      [
        ['Admin', 'admin', 1, 0],
        ['Member', 'edit', 1, 1],
        ['Viewer', 'other', 4, 0],
      ],
    );
    assert.equal(report.title, 'T-a, T-b');
  });

  it('knows which group a group in a group is', async () => {
    const { report } = await reportOf(world, 'a');
    const team = report.people.find(({ name }) => name === 'Team');
    assert.deepEqual(
      team?.is?.map((group) => report.groups[group]?.name),
      [`Group ${guid(1)}`],
    );
  });

  it('says what it covers, and of which groups not all is known', async () => {
    const { report } = await reportOf(world, 'a', 'b');
    assert.equal(report.coverage.isComplete, false);
    assert.match(
      report.coverage.summary,
      /Scope: T-a .*; T-b .*Not complete: T-a: .*“Group secret”.* are not all access/,
    );
    assert.deepEqual(
      report.groups.filter(({ state }) => state !== 'complete').map(({ name, tenant, state }) => [name, tenant, state]),
      [['Group secret', 0, 'notLoaded']],
    );
    const whole = await reportOf(world, 'b');
    assert.equal(whole.report.coverage.isComplete, true);
  });

  it('is not complete where a group has access that none of its tenants looks into', async () => {
    world.tenant('c', { plan: [nested(guid(1), { accessRight: 'Viewer' })] });
    const { coverage } = (await reportOf(world, 'c')).report;
    assert.equal(coverage.isComplete, false);
    assert.match(coverage.summary, /1 group that has access is in no tenant of this report/);
    world.tenant('a', { [guid(1)]: [viewer('tom')] });
    assert.equal((await reportOf(world, 'a', 'c')).report.coverage.isComplete, true);
  });

  it('tells the findings of its tenants only, the gravest first, with those that found nothing', async () => {
    const { report } = await reportOf(world, 'b');
    const found = report.findings.filter(({ count }) => count > 0).map(({ id, count, rows }) => [id, count, rows]);
    assert.deepEqual(found, [['noAdmin', 1, ['Group robots']]]);
    const both = await reportOf(world, 'a', 'b');
    const told = both.report.findings.find(({ id }) => id === 'guestCanEdit');
    assert.deepEqual(told?.rows, ['Name of eve · Group sales · Member · T-a']);
    assert.equal(told?.severity, 'high');
  });

  it('tells what each snapshot changed against the one before', async () => {
    const take = () => world.writer.takeSnapshot('b', { name: 'Kept' });
    take();
    world.tenant('b', { robots: [viewer('new1'), viewer('new2')] });
    take();
    const { report } = await reportOf(world, 'b');
    const [{ gained, lost, changed, memberships, name } = {}, ...others] = report.history;
    assert.deepEqual([gained, lost, changed, memberships, name], [2, 1, 0, 2, 'Kept']);
    assert.equal(others.length, 0);
  });

  it('shows in the tree what a spot of it stands for', async () => {
    const { report, targetOf } = await reportOf(world, 'a', 'b');
    const at = (name: string) => report.people.findIndex((one) => one.name === name);
    const group = (name: string) => report.groups.findIndex((one) => one.name === name);
    const cell = (person: string, of: string) =>
      targetOf({ what: 'cell', person: at(person), group: group(`Group ${of}`) });
    assert.deepEqual(cell('Ana', 'hr'), { tenantId: 'a', groupId: 'hr', memberId: 'ana' });
    assert.deepEqual(cell('Ana', 'robots'), { tenantId: 'b', groupId: 'robots', memberId: 'ana2' });
    // By way of a group: there is no row of the person.
    assert.deepEqual(cell('Tom', 'sales'), { tenantId: 'a', groupId: 'sales' });
    assert.deepEqual(targetOf({ what: 'group', group: group('Group secret') }), { tenantId: 'a', groupId: 'secret' });
    const finding = report.findings.findIndex(({ id }) => id === 'guestCanEdit');
    assert.deepEqual(targetOf({ what: 'finding', finding, row: 0 }), {
      ...{ tenantId: 'a', groupId: 'sales', memberId: 'eve' },
    });
    assert.equal(targetOf({ what: 'group', group: 99 }), undefined);
  });

  it('is of the rows that are meant, of the selection, or of what is chosen', async () => {
    const idOf = async (replies: Reply[], selected: FakeDeps['selected'], ...args: unknown[]) => {
      const deps = depsOver(world, ...replies);
      deps.selected = selected;
      await run(openReport, deps, ...args);
      return deps.reports[0]?.id;
    };
    assert.equal(await idOf([], [], { tenantId: 'b' }), '["b"]');
    const [one, other] = [{ tenantId: 'b' }, { tenantId: 'a' }];
    assert.equal(await idOf([], [], one, [one, other]), '["b","a"]');
    assert.equal(await idOf([], [{ tenantId: 'a' }]), '["a"]');
    assert.equal(await idOf(['All tenants'], []), '["a","b"]');
    assert.equal(await idOf(['T-b'], []), '["b"]');
  });

  it('reveals, and saves the page to a file', async () => {
    const file = join(emptyFolder(), 'report.html');
    const deps = depsOver(world, file);
    await run(openReport, deps, { tenantId: 'b' });
    const [source] = deps.reports;
    await source?.reveal({ what: 'group', group: 0 });
    assert.deepEqual(deps.revealed, [], 'nothing was read yet');
    await source?.read();
    await source?.reveal({ what: 'group', group: 0 });
    assert.deepEqual(deps.revealed, [{ tenantId: 'b', groupId: 'robots' }]);
    await source?.save('<p>');
    assert.equal(readFileSync(file, 'utf8'), '<p>');
  });

  it('saves a table of its page as CSV, with what it covers first, and nothing in it that is calculated', async () => {
    const file = join(emptyFolder(), 'table.csv');
    const deps = depsOver(world, file);
    await run(openReport, deps, { tenantId: 'a' });
    const [source] = deps.reports;
    await source?.read();
    const names = ['=1+1', '\uFF1D1', '\n@x', 'a"b,c', '+1', ...Array.from({ length: 500 }, (_, at) => `Person ${at}`)];
    await source?.saveTable('Rights and kinds/..', [['Who', 'Right'], ...names.map((name) => [name, 'Admin'])]);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.startsWith('\uFEFF'));
    const [head, titles, ...rows] = parseStrictCsv(text.slice(1));
    assert.match(head?.[0] ?? '', /^# .*Not complete: T-a/);
    assert.deepEqual([head?.length, titles], [2, ['Who', 'Right']]);
    assert.deepEqual(
      rows.map(([name]) => name),
      ["'=1+1", "'\uFF1D1", "'\n@x", 'a"b,c', "'+1", ...names.slice(5)],
    );
    assert.match(deps.ui.saved[0]?.name ?? '', /^rights-and-kinds-\d{4}-\d\d-\d\d\.csv$/);
  });

  it('is made again of what its page kept', async () => {
    const again = (id: string) => reportSourceOf(depsOver(world), id);
    assert.equal((await again('["b","a"]')?.read())?.title, 'T-b, T-a');
    assert.equal(again('["gone","a"]')?.id, '["a"]');
    for (const nothing of ['', '["gone"]', '[]', '{}', '[1]', 'null']) assert.equal(again(nothing), undefined, nothing);
  });

  it('makes hostile names harmless, and holds nothing of connections', async () => {
    world.writer.updateTenant('b', { name: 'B\u202e' });
    world.tenant('b', { robots: [viewer('x', { name: 'x\u202egnp.exe', details: { secret: 'canary' } })] });
    const { report } = await reportOf(world, 'b');
    const text = JSON.stringify(report);
    assert.ok(text.includes('x‹U+202E›gnp.exe'));
    assert.doesNotMatch(text, /\u202e|canary|accessToken|signIn|ada@contoso/);
  });

  it('rejects for a tenant that is gone, and when it is cancelled', async () => {
    await assert.rejects(reportOf(world, 'gone'), (error) => isAppError(error, 'notFound'));
    const signal = AbortSignal.abort();
    await assert.rejects(readReport(depsOver(world), ['a'], signal), (error) => isAppError(error, 'cancelled'));
  });

  it('counts all of them, and keeps groups and those with the most where there are too many', async () => {
    const right = { name: 'Viewer', level: 'other' } as const;
    const sizes = fc.array(fc.nat(5), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(20), async (all, most) => {
        const people = all.map((_, at) => ({
          name: `P${at}`,
          email: '',
          kind: at % 3 === 2 ? 'group' : 'user',
          is: [],
        }));
        const cells = all.map((size) => Array.from({ length: size }, (__, group) => [group, 0]).flat());
        const grants = { rights: [right], cells, memberIds: [] };
        const told = await countAccess(people, grants, createTurns(), most);
        const sum = all.reduce((total, size) => total + size, 0);
        const sent = told.people.reduce((total, one) => total + one.cells.length / 2, 0);
        assert.equal(told.counts.grants, sum);
        assert.equal(told.rights[0]?.grants, sum);
        assert.equal(told.counts.people, all.filter((size) => size > 0).length);
        assert.equal(sent + told.leftOut.grants, sum);
        assert.equal(told.people.length + told.leftOut.people, told.counts.people);
        assert.ok(sent <= most || sum <= most);
        // Through a group that is left out, somebody would have access that is not shown.
        const groups = all.filter((size, at) => at % 3 === 2 && size > 0);
        const areGroupsFew = groups.reduce((total, size) => total + size, 0) <= most;
        if (areGroupsFew) assert.equal(told.people.filter(({ kind }) => kind === 'group').length, groups.length);
        assert.deepEqual(
          told.people.map(({ name }) => name),
          told.kept.map((place) => `P${place}`),
        );
      }),
    );
  });
});
