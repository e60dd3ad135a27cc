import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportFindings } from '../../../src/commands/exportFindings.ts';
import { ignoreFinding } from '../../../src/commands/ignoreFinding.ts';
import { unignoreFinding } from '../../../src/commands/unignoreFinding.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { type FindingRef, usualSeverities } from '../../../src/core/findings/findings.ts';
import type { StoreReader } from '../../../src/core/store.ts';
import { createFakeDeps, type FakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { close, type Reply } from '../../support/fakeUi.ts';
import { readExcel } from '../../support/readExcel.ts';
import { parseStrictCsv } from '../../support/strictCsv.ts';
import { emptyFolder } from '../export/fixture.ts';
import { createWorld, guest, look, rules, viewer } from '../store/queries/findings/fixture.ts';

const eve: FindingRef = {
  finding: 'guestCanEdit',
  tenantId: 't',
  groupId: 'g',
  memberId: 'eve',
  accessRight: 'Admin',
};

function depsWith(meant: readonly FindingRef[], ...replies: Reply[]): FakeDeps & { asked: unknown[][] } {
  const fake = createFakeDeps(...replies);
  const asked: unknown[][] = [];
  fake.findingsView = {
    ...fake.findingsView,
    plan: async () => ({
      rules: { ...rules, ids: rules.ids.filter((id) => id !== 'emptyGroup') },
      severities: usualSeverities,
    }),
    meant: (rows, isIgnored) => {
      asked.push([rows, isIgnored]);
      return meant;
    },
  };
  return Object.assign(fake, { asked });
}

describe('the commands of findings', () => {
  it('ignore with a reason, which must be given', async () => {
    const fake = depsWith([eve], '  By contract. ');
    await run(ignoreFinding, fake, 'row', ['row', 'other']);
    assert.deepEqual(fake.asked, [[['row', 'other'], false]]);
    const [ignored] = fake.ignored;
    assert.deepEqual([ignored?.findings, ignored?.note?.reason], [[eve], 'By contract.']);
    assert.notEqual(ignored?.note?.by, undefined);
    await assert.rejects(run(ignoreFinding, depsWith([eve], '  '), 'row'), /reason is needed/);
    const closed = depsWith([eve], close);
    await assert.rejects(run(ignoreFinding, closed, 'row'), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(closed.ignored, []);
  });

  it('put back what is ignored', async () => {
    const fake = depsWith([eve]);
    await run(unignoreFinding, fake, 'row');
    assert.deepEqual(fake.asked, [[['row'], true]]);
    assert.deepEqual(fake.ignored, [{ findings: [eve], note: undefined }]);
  });

  it('say what to do where none is meant', async () => {
    const fake = depsWith([]);
    await assert.rejects(run(ignoreFinding, fake), (error) => isAppError(error, 'cancelled'));
    assert.equal(fake.ui.informed.length, 1);
  });
});

describe('an export of findings', () => {
  async function exported(label: string, extension: string): Promise<string> {
    return (await exportedBytes(label, extension)).toString();
  }

  async function exportedBytes(label: string, extension: string): Promise<Buffer> {
    const world = createWorld();
    world.tenant('t', { g: [guest('eve', 'Admin'), guest('=bob', 'Member')], never: {}, h: [viewer('v')] });
    const { details } = await look(world.reader);
    const wanted = details.filter(({ finding, memberId }) => finding === 'guestCanEdit' && memberId === 'eve');
    world.writer.ignoreFindings(wanted, { reason: 'By | contract.', by: 'ada' });
    const path = join(emptyFolder(), `out.${extension}`);
    const fake = depsWith([], label, path);
    await run(exportFindings, { ...fake, reader: world.reader });
    assert.deepEqual(fake.ui.informed, ['4 findings were exported.']);
    return readFileSync(path);
  }

  it('says what was gone before it was written', async () => {
    const world = createWorld();
    world.tenant('t', { g: [guest('eve', 'Admin'), guest('bob', 'Member')] });
    const path = join(emptyFolder(), 'out.json');
    const fake = depsWith([], 'JSON', path);
    const reader: StoreReader = {
      ...world.reader,
      findingDetails: async (rows) => (await world.reader.findingDetails(rows)).slice(1),
    };
    await run(exportFindings, { ...fake, reader });
    assert.match(fake.ui.informed[0] ?? '', /findings are missing in the file: 1\. Export again\.$/);
  });

  it('tells in JSON what was found, what is ignored and why, and for how much that holds', async () => {
    const { head, findings } = JSON.parse(await exported('JSON', 'json'));
    assert.deepEqual(head.coverage, [
      { tenantId: 't', name: 'T-t', provider: 'test', groups: 3, looked: 2, state: 'complete' },
    ]);
    assert.match(head.summary, /T-t: 2 of 3 groups looked at\./);
    assert.match(head.summary, /Turned off by settings, so not looked for: title emptyGroup\./);
    assert.match(head.summary, /Cannot be told of T-t: title builtInAdmins/);
    assert.deepEqual(head.notMade.turnedOff, ['emptyGroup']);
    assert.deepEqual(
      findings.map((row: Record<string, unknown>) =>
        [row.severity, row.finding, row.groupId, row.memberId, row.right, row.ignoredBecause].join('|'),
      ),
      [
        'high|title noAdmin|h|||',
        'high|title guestCanEdit|g|=bob|Member|',
        'medium|title oneAdmin|g|||',
        'high|title guestCanEdit|g|eve|Admin|By | contract.',
      ],
    );
    assert.deepEqual([findings[3].why, findings[3].whatToDo], ['why guestCanEdit', 'advice guestCanEdit']);
  });

  it('is a CSV in which nothing is calculated, and a Markdown table', async () => {
    const records = parseStrictCsv((await exported('CSV', 'csv')).slice(1));
    assert.match(records[0]?.[0] ?? '', /^# Findings as Tenant Explorer knew them at /);
    const memberId = (records[1] ?? []).indexOf('memberId');
    assert.deepEqual(
      records.slice(2).map((record) => record[memberId]),
      ['', "'=bob", '', 'eve'],
    );
    const [sheet] = readExcel(await exportedBytes('Excel', 'xlsx'));
    assert.deepEqual([sheet?.name, sheet?.rows[1]], ['Findings', records[1]]);
    assert.deepEqual(
      sheet?.rows.slice(2).map((row) => row[memberId]),
      ['', '=bob', '', 'eve'],
    );
    const lines = (await exported('Markdown', 'md')).trimEnd().split('\n');
    assert.equal(lines.length, 8);
    assert.match(lines.at(-1) ?? '', /\| By \\\| contract\. \| ada \|/);
  });
});
