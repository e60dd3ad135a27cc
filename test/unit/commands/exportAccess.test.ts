import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { CommandDeps } from '../../../src/commands/command.ts';
import { saveAs } from '../../../src/commands/export/saveAs.ts';
import { exportAccess } from '../../../src/commands/exportAccess.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { changeFormats } from '../../../src/export/changeFormats.ts';
import { tooMuchForExcel } from '../../../src/export/fileProblem.ts';
import { fromFailureData, toFailureData } from '../../../src/export/threadProtocol.ts';
import { powerbi } from '../../../src/providers/powerbi/index.ts';
import { openSnapshot } from '../../../src/store/snapshot.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import type { Reply } from '../../support/fakeUi.ts';
import { readExcel } from '../../support/readExcel.ts';
import { parseStrictCsv } from '../../support/strictCsv.ts';
import { depsOver, emptyFolder, storeOfTwo } from '../export/fixture.ts';
import { contosoWith, group, groupsOf, member } from '../store/fixture.ts';
import { mountSmallDisk } from '../store/smallDisk.ts';

const isCancelled = (error: unknown) => isAppError(error, 'cancelled');

/** What is exported of the targets, with the answers that come before the choice of the format. */
async function exported(label: string, extension: string, args: readonly unknown[], ...before: Reply[]) {
  const file = join(emptyFolder(), `out.${extension}`);
  const fake = depsOver(storeOfTwo(), ...before, label, file);
  await run(exportAccess, fake, ...args);
  assert.deepEqual(readdirSync(dirname(file)), [basename(file)]);
  return { fake, text: readFileSync(file, 'utf8'), bytes: readFileSync(file) };
}

async function csvOf(args: readonly unknown[], ...before: Reply[]) {
  const { fake, text } = await exported('CSV', 'csv', args, ...before);
  assert.equal(text.charCodeAt(0), 0xfeff);
  const [head = [], columns = [], ...rows] = parseStrictCsv(text.slice(1));
  return { fake, head: head[0] ?? '', columns, rows, names: rows.map((row) => row[5]) };
}

describe('exportAccess', () => {
  it('names the service of a tenant as people know it; columns keep its id', async () => {
    const file = join(emptyFolder(), 'out.csv');
    const fake = Object.assign(depsOver(storeOfTwo(), 'CSV', file), { providers: () => [{ ...powerbi, id: 'test' }] });
    await run(exportAccess, fake, { tenantId: 'contoso' });
    const [head = [], , row = []] = parseStrictCsv(readFileSync(file, 'utf8').slice(1));
    assert.match(head[0] ?? '', /Scope: Contoso \(Power BI\), /);
    assert.equal(row[1], 'test');
  });

  it('writes a tenant as CSV: what is missing first, then a row a grant', async () => {
    const { fake, head, columns, rows } = await csvOf([{ tenantId: 'contoso' }]);
    assert.match(
      head,
      /^# Access as Tenant Explorer knew it at \d{4}-\S+Z\. Scope: Contoso \(test\), all known groups \(3\)\. /,
    );
    assert.match(
      head,
      /Not complete: Contoso: the members of 2 of 3 groups are not \(1 denied, 1 not loaded\): “Finance”, “HR”\. /,
    );
    assert.match(head, /The oldest rows were read at 2030-01-01T00:00:\d\d\.000Z\. .* are not all access: /);
    assert.deepEqual(columns, [
      ...['tenant', 'provider', 'groupName', 'groupId', 'kind', 'principalName', 'email', 'principalId', 'type'],
      ...['guest', 'right', 'path', 'source', 'asOf', 'completeness'],
    ]);
    const [ana, eve] = rows.map(([...row]) => row.toSpliced(13, 1));
    assert.deepEqual(ana, [
      ...['Contoso', 'test', 'Sales', 's', 'workspace', 'Ana', 'ana@contoso.example', 'object-of-ana', 'user'],
      ...['false', 'Admin', '[]', 'aad', 'complete'],
    ]);
    const guest = 'eve_fabrikam.example#EXT#@contoso.example';
    assert.deepEqual(eve, [
      ...[
        'Contoso',
        'test',
        'Sales',
        's',
        'workspace',
        'Eve',
        '',
        guest,
        'user',
        'true',
        'Viewer',
        '[]',
        '',
        'complete',
      ],
    ]);
    assert.equal(rows.length, 2);
    assert.match(rows[0]?.[13] ?? '', /^2030-01-01T00:00:\d\d\.000Z$/);
    assert.match(fake.ui.saved[0]?.name ?? '', /^access-\d{4}-\d\d-\d\d\.csv$/);
    assert.match(fake.ui.informed[0] ?? '', /^2 grants were exported\. Not all is known/);
  });

  it('takes the rows that are selected, each once', async () => {
    const sales = { tenantId: 'contoso', groupId: 's' };
    const ana = { ...sales, memberId: 'ana' };
    const robots = { tenantId: 'fabrikam', groupId: 'r' };
    assert.deepEqual((await csvOf([ana, [ana, robots]])).names, ['Ana', 'Bot']);
    assert.deepEqual((await csvOf([ana, [ana, sales, ana]])).names, ['Ana', 'Eve']);
    const { head, names } = await csvOf([robots]);
    assert.deepEqual(names, ['Bot']);
    assert.match(head, /Fabrikam \(other\), chosen groups: “Robots”\. .*Every list in it is complete\./);
  });

  it('asks whose, for all tenants too', async () => {
    assert.deepEqual((await csvOf([], 'All tenants')).names, ['Ana', 'Eve', 'Bot']);
    const { names, fake } = await csvOf([], 'Fabrikam');
    assert.deepEqual([names, fake.ui.informed], [['Bot'], ['1 grant was exported.']]);
  });

  it('writes JSON, NDJSON and Markdown', async () => {
    const target = { tenantId: 'contoso' };
    const json = JSON.parse((await exported('JSON', 'json', [target])).text);
    assert.equal(json.head.isComplete, false);
    const [scope] = json.head.scope;
    assert.deepEqual(
      [scope.tenant, scope.groups.state, scope.memberLists],
      ['Contoso', 'complete', { denied: 1, complete: 1, notLoaded: 1 }],
    );
    assert.deepEqual(scope.incomplete, [
      { groupName: 'Finance', groupId: 'f', state: 'denied', reason: 'No right.' },
      { groupName: 'HR', groupId: 'h', state: 'notLoaded', reason: null },
    ]);
    const { asOf: _, ...ana } = json.grants[0];
    assert.deepEqual(ana, {
      ...{ tenant: 'Contoso', provider: 'test', groupName: 'Sales', groupId: 's', kind: 'workspace' },
      ...{
        principalName: 'Ana',
        email: 'ana@contoso.example',
        principalId: 'object-of-ana',
        type: 'user',
        guest: false,
      },
      ...{ right: 'Admin', path: [], source: 'aad', completeness: 'complete' },
    });
    const lines = (await exported('NDJSON', 'ndjson', [target])).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines.slice(1), json.grants);
    assert.deepEqual(lines[0].head.scope, json.head.scope);
    const markdown = (await exported('Markdown', 'md', [target])).text.split('\n');
    assert.match(markdown[0] ?? '', /^Access as Tenant Explorer knew it/);
    assert.match(markdown[4] ?? '', /^\| Contoso \| test \| Sales \| s \| workspace \| Ana \| .* \| direct \| aad \| /);
  });

  it('writes Excel and Parquet', async () => {
    const target = { tenantId: 'contoso' };
    const rows = JSON.parse((await exported('JSON', 'json', [target])).text).grants as Record<string, unknown>[];
    const file = (await exported('Excel', 'xlsx', [target])).bytes;
    const [sheet] = readExcel(file);
    assert.match(String(sheet?.rows[0]?.[0]), /Not complete: Contoso: the members of 2 of 3 groups are not/);
    const inCells = rows.map((row) => Object.values({ ...row, path: '[]' }));
    assert.deepEqual(sheet?.rows.slice(2), inCells);
    const parquet = new Uint8Array((await exported('Parquet', 'parquet', [target])).bytes).buffer;
    const read = await parquetReadObjects({ file: parquet });
    assert.deepEqual(JSON.parse(JSON.stringify(read)), rows);
  });

  it('tells a list of groups that was never read, where there is no row at all', async () => {
    const file = join(emptyFolder(), 'out.csv');
    const { path } = contosoWith();
    await run(exportAccess, depsOver(path, 'CSV', file), { tenantId: 'contoso' });
    assert.match(readFileSync(file, 'utf8'), /Not complete: Contoso: the list of groups is not loaded\./);
  });

  it('takes the ending of the name at its word', async () => {
    const { text } = await exported('CSV', 'JSON', [{ tenantId: 'fabrikam' }]);
    assert.equal(JSON.parse(text).grants.length, 1);
  });

  it('says that a tenant or a row is gone', async () => {
    for (const target of [
      { tenantId: 'x' },
      { tenantId: 'contoso', groupId: 'x' },
      { tenantId: 'contoso', groupId: 's', memberId: 'x' },
    ]) {
      const folder = emptyFolder();
      const fake = depsOver(storeOfTwo(), 'CSV', join(folder, 'out.csv'));
      await assert.rejects(run(exportAccess, fake, target), (error) => isAppError(error, 'notFound'));
      assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('exports nothing of those who are in no group', async () => {
    const fake = depsOver(storeOfTwo());
    await assert.rejects(run(exportAccess, fake, { tenantId: 'contoso', groupId: '', memberId: 'ana' }), isCancelled);
    assert.equal(fake.ui.informed.length, 1);
  });
});

describe('a file of an export', () => {
  /** A store with so many grants. */
  function storeOf(members: number): string {
    const { path, load } = contosoWith();
    const many = Array.from({ length: members }, (_, i) => member(`m${i}`, { details: { text: 'x'.repeat(100) } }));
    load(groupsOf('contoso'), { groups: [group('g', { members: many })] });
    return path;
  }

  /** A command that is cancelled when it first tells its progress. */
  function cancelledSoon(deps: CommandDeps): CommandDeps {
    const controller = new AbortController();
    const withProgress: CommandDeps['ui']['withProgress'] = async (_title, _signal, task) =>
      task({ report: () => controller.abort() }, controller.signal);
    return { ...deps, ui: { ...deps.ui, withProgress } };
  }

  it('is not there after a cancel, and one that was there is as it was', async () => {
    const path = storeOf(5000);
    for (const before of [undefined, 'as it was']) {
      const folder = emptyFolder();
      const file = join(folder, 'out.csv');
      if (before !== undefined) writeFileSync(file, before);
      await assert.rejects(
        run(exportAccess, cancelledSoon(depsOver(path, 'CSV', file)), { tenantId: 'contoso' }),
        isCancelled,
      );
      assert.deepEqual(readdirSync(folder), before === undefined ? [] : ['out.csv']);
      if (before !== undefined) assert.equal(readFileSync(file, 'utf8'), before);
    }
  });

  it('is not there when the disk is full, and the user is told', function () {
    const disk = mountSmallDisk(1);
    if (!disk) return this.skip();
    const file = join(disk.folder, 'out.csv');
    writeFileSync(file, 'as it was');
    const fake = depsOver(storeOf(20_000), 'CSV', file);
    return assert.rejects(run(exportAccess, fake, { tenantId: 'contoso' }), isCancelled).then(() => {
      assert.match(fake.ui.warned[0] ?? '', /not written\. The disk is full/);
      assert.deepEqual(readdirSync(disk.folder), ['out.csv']);
      assert.equal(readFileSync(file, 'utf8'), 'as it was');
    });
  });

  it('cannot take the place of a folder, nor lie in one that is not there', async () => {
    const path = storeOf(3);
    const folder = emptyFolder();
    mkdirSync(join(folder, 'out.csv'));
    for (const [file, words] of [
      [join(folder, 'out.csv'), /a folder of that name/],
      [join(folder, 'none', 'out.csv'), /folder is not there/],
    ] as const) {
      const fake = depsOver(path, 'CSV', file);
      await assert.rejects(run(exportAccess, fake, { tenantId: 'contoso' }), isCancelled);
      assert.match(fake.ui.warned[0] ?? '', words);
    }
    assert.deepEqual(readdirSync(folder), ['out.csv']);
  });

  it('is not there where Excel cannot hold so much, and the user is told what can', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'out.xlsx');
    const fullWorkbook: CommandDeps['exportGrants'] = async () => {
      // As it comes from the thread.
      throw fromFailureData(toFailureData(tooMuchForExcel()));
    };
    const fake = { ...depsOver(storeOf(3), 'Excel', file), exportGrants: fullWorkbook };
    await assert.rejects(run(exportAccess, fake, { tenantId: 'contoso' }), isCancelled);
    assert.match(fake.ui.warned[0] ?? '', /not written\. That is too much for an Excel file: choose CSV or Parquet\.$/);
    const changes = depsOver(storeOf(3), 'Excel', file);
    const asked = { title: '', name: 'changes', formats: changeFormats };
    const written = saveAs(changes, asked, new AbortController().signal, () => Promise.reject(tooMuchForExcel()));
    await assert.rejects(written, isCancelled);
    assert.match(changes.ui.warned[0] ?? '', /not written\. That is too much for an Excel file: choose CSV\.$/);
  });

  it('replaces what a link leads to', async () => {
    const folder = emptyFolder();
    const [file, link] = [join(folder, 'real.json'), join(folder, 'link.json')];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await run(exportAccess, depsOver(storeOf(3), 'JSON', link), { tenantId: 'contoso' });
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).grants.length, 3);
  });

  it('has the grants of one moment, whatever is written meanwhile', () => {
    const { path, load } = contosoWith('a', 'b');
    const snapshot = openSnapshot(path);
    assert.ok(snapshot);
    load(groupsOf('contoso'), { groups: [group('c')] });
    assert.deepEqual(
      [...snapshot.groups('contoso')].map(({ id }) => id),
      ['a', 'b'],
    );
    snapshot.close();
    const later = openSnapshot(path);
    assert.deepEqual(
      [...(later?.groups('contoso') ?? [])].map(({ id }) => id),
      ['c'],
    );
    later?.close();
  });
});
