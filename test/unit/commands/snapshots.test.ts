import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSnapshots } from '../../../src/commands/compareSnapshots.ts';
import { copyAccess } from '../../../src/commands/copyAccess.ts';
import { copyAccessAsJson } from '../../../src/commands/copyAccessAsJson.ts';
import { exportShownAccess } from '../../../src/commands/exportShownAccess.ts';
import { takeSnapshot } from '../../../src/commands/takeSnapshot.ts';
import { isAppError } from '../../../src/core/errors.ts';
import type { SnapshotChange } from '../../../src/core/savedSnapshots.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import { close, type Reply } from '../../support/fakeUi.ts';
import { readExcel } from '../../support/readExcel.ts';
import { parseStrictCsv } from '../../support/strictCsv.ts';
import { emptyFolder } from '../export/fixture.ts';
import { deps, snapshot } from './savedSnapshots.ts';

const isCancelled = (error: unknown) => isAppError(error, 'cancelled');

describe('takeSnapshot', () => {
  it('keeps the tenant it is called on, under a name, and says what it holds', async () => {
    const fake = deps('Before the audit');
    await run(takeSnapshot, fake, { tenantId: 'a' });
    assert.deepEqual(fake.taken, [{ tenantId: 'a', name: 'Before the audit' }]);
    assert.deepEqual(fake.ui.informed, ['The snapshot holds 3 groups with 10 memberships.']);
    assert.deepEqual(fake.ui.completed, ['snapshot']);
  });

  it('asks whose, and takes all tenants for an answer; a name may be missing', async () => {
    const fake = deps('All tenants', ' ');
    await run(takeSnapshot, fake);
    assert.deepEqual(fake.taken, [{ tenantId: 'a' }, { tenantId: 'b' }]);
  });

  it('says what is incomplete in it', async () => {
    const fake = deps('x');
    fake.reader.kept.snapshots = [snapshot(1, { gaps: 2 })];
    await run(takeSnapshot, fake, { tenantId: 'a' });
    assert.match(fake.ui.informed[0] ?? '', /2 lists in it are incomplete/);
  });

  it('takes none of what was never loaded, and offers to load it', async () => {
    const fake = deps('x');
    fake.takes = () => undefined;
    await run(takeSnapshot, fake, { tenantId: 'a' });
    assert.deepEqual(fake.ui.informed, ['Of one tenant nothing is loaded, so there is no snapshot of it.']);
    assert.deepEqual(fake.ui.completed, []);
  });

  it('keeps none of a set that did not become whole', async () => {
    const fake = deps('All tenants', 'x');
    let taken = 0;
    fake.takes = () => {
      if (++taken > 1) throw new Error('The disk is full.');
      return 7;
    };
    await assert.rejects(run(takeSnapshot, fake), /disk is full/);
    assert.deepEqual(fake.deletedSnapshots, [7]);
  });

  it('keeps none where it is cancelled, be that while the last one is taken', async () => {
    const fake = deps('x');
    const cancelling = Promise.withResolvers<void>();
    fake.ui.cancelsAt = cancelling.promise;
    fake.takes = () => {
      cancelling.resolve();
      return 7;
    };
    await assert.rejects(run(takeSnapshot, fake, { tenantId: 'a' }), isCancelled);
    assert.deepEqual([fake.deletedSnapshots, fake.ui.informed], [[7], []]);
  });

  it('takes none when the question is closed', async () => {
    const fake = deps(close);
    await assert.rejects(run(takeSnapshot, fake, { tenantId: 'a' }), isCancelled);
    assert.deepEqual(fake.taken, []);
  });
});

describe('compareSnapshots', () => {
  const member = { id: 'm', name: 'Ada [x](command:y)', email: 'ada@x.example', principalType: 'user', isGuest: true };
  const group = { groupId: 'g', groupName: 'Sales|1' };
  const changes: readonly SnapshotChange[] = [
    { what: 'groupCame', groupId: 'n', groupName: 'New' },
    { what: 'groupRenamed', ...group, before: 'Old' },
    { what: 'gained', ...group, member, after: 'Admin' },
    { what: 'lost', ...group, member: { ...member, id: 'z', name: 'Zoe' }, before: 'Viewer' },
    { what: 'changed', ...group, member: { ...member, id: 'b', name: 'Bob' }, before: 'Viewer', after: 'Member' },
  ];
  const comparing = (...replies: Reply[]) => {
    const fake = deps(...replies);
    const gap = { groupId: 'q', groupName: 'Quiet', before: 'complete', after: 'denied', unknown: 4 } as const;
    fake.reader.kept.comparison = [{ changes, gaps: [gap] }];
    return fake;
  };

  it('tells what changed until now as a list, gaps apart, with names as text', async () => {
    const fake = comparing('Quarter', 'Now', 'As a list');
    await run(compareSnapshots, fake, { tenantId: 'a' });
    assert.deepEqual(fake.taken, [{ tenantId: 'a', isPassing: true }]);
    assert.deepEqual(fake.deletedSnapshots, [1], 'what was made for it is gone');
    const [document] = fake.ui.documents;
    assert.ok(document && document.language === 'markdown');
    for (const line of [
      '## Gained access (1)',
      '- Ada \\[x\\](command:y), ada@x.example (guest) – Sales\\|1: Admin',
      '- Zoe, ada@x.example (guest) – Sales\\|1: Viewer',
      '- Bob, ada@x.example (guest) – Sales\\|1: Viewer → Member',
      '- Old → Sales\\|1',
      '## Not known (1)',
      '- Incomplete: Quiet (complete → denied); 4 members unknown.',
    ])
      assert.ok(document.text.split('\n').includes(line), `${line}\n\n${document.text}`);
  });

  it('compares with a later snapshot side by side, without making one', async () => {
    const fake = comparing('Quarter', 'at 2026-01-02T08:00:00.000Z', 'Side by side');
    await run(compareSnapshots, fake, { tenantId: 'a' });
    assert.deepEqual([fake.taken, fake.deletedSnapshots], [[], []]);
    const [before = '', after = ''] = fake.ui.documents[0]?.text.split('\n=====\n') ?? [];
    const lines = (text: string) => text.split('\n').filter((line) => /^ {2}|\[/.test(line));
    assert.deepEqual(lines(before), [
      'Old [g]',
      '  Bob, ada@x.example (guest): Viewer',
      '  Zoe, ada@x.example (guest): Viewer',
    ]);
    assert.deepEqual(lines(after), [
      'New [n]',
      'Sales|1 [g]',
      '  Ada [x](command:y), ada@x.example (guest): Admin',
      '  Bob, ada@x.example (guest): Member',
    ]);
  });

  it('tells names that would be lists or headings as they are', async () => {
    const fake = comparing('Quarter', 'Now', 'As a list');
    const names = ['1. First', '2) Second', '- Dash', '+ Plus', '# Head', '=== Line'];
    fake.reader.kept.comparison = [
      { changes: names.map((groupName) => ({ what: 'groupCame', groupId: groupName, groupName })), gaps: [] },
    ];
    await run(compareSnapshots, fake, { tenantId: 'a' });
    const lines = fake.ui.documents[0]?.text.split('\n').filter((line) => line.startsWith('- ')) ?? [];
    assert.deepEqual(lines.toSorted(), [
      ...['- 1\\. First', '- 2\\) Second', '- \\# Head', '- \\+ Plus', '- \\- Dash', '- \\=== Line'],
    ]);
  });

  it('gives everything as JSON', async () => {
    const fake = comparing('Quarter', 'Now', 'As JSON');
    await run(compareSnapshots, fake, { tenantId: 'a' });
    const told = JSON.parse(fake.ui.documents[0]?.text ?? '') as { changes: unknown[]; gaps: unknown[] };
    assert.deepEqual([told.changes.length, told.gaps.length], [5, 1]);
  });

  /** Sorted by the groups' names, whatever the order of the store. */
  const sorted = ['groupCame', 'groupRenamed', 'gained', 'lost', 'changed'];

  it('shows all of it in the view "Access", group by group', async () => {
    const fake = comparing('Quarter', 'Now', 'In the view “Access”');
    const [came, ...others] = changes;
    assert.ok(came);
    fake.reader.kept.comparison = [{ changes: [...others, came], gaps: [] }];
    await run(compareSnapshots, fake, { tenantId: 'a' });
    const { tenantId, tenant, before, after, changes: told } = fake.changesShown ?? assert.fail();
    assert.deepEqual([tenantId, tenant, before.label, after.label], ['a', 'Contoso', 'Quarter', 'Now']);
    assert.deepEqual(
      told.map(({ what }) => what),
      sorted,
    );
  });

  async function exported(label: string, extension: string): Promise<Buffer> {
    const path = join(emptyFolder(), `out.${extension}`);
    const fake = comparing('Quarter', 'Now', 'As a file…', label, path);
    await run(compareSnapshots, fake, { tenantId: 'a' });
    assert.deepEqual(fake.ui.informed, ['5 changes were exported.']);
    return readFileSync(path);
  }

  const rows = [
    ['groupCame', 'Contoso', 'New', 'n', '', '', '', '', '', '', '', ''],
    ['groupRenamed', 'Contoso', 'Sales|1', 'g', '', '', '', '', '', 'Old', 'Sales|1', ''],
    ...[
      ['gained', 'Ada [x](command:y)', 'm', '', 'Admin'],
      ['lost', 'Zoe', 'z', 'Viewer', ''],
      ['changed', 'Bob', 'b', 'Viewer', 'Member'],
    ].map(([what, name, key, before, after]) => [
      ...[what, 'Contoso', 'Sales|1', 'g', name, 'ada@x.example', key, 'user', 'true', before, after, ''],
    ]),
    ['notKnown', 'Contoso', 'Quiet', 'q', '', '', '', '', '', 'complete', 'denied', '4'],
  ];
  const summary =
    /^(# )?Changes of access in Contoso from “Quarter” \(2026-01-01\S+\) to “Now” \(.*One list was incomplete/;

  it('writes CSV, Excel, JSON and Markdown', async () => {
    const [head, names, ...records] = parseStrictCsv((await exported('CSV', 'csv')).toString().slice(1));
    assert.match(head?.[0] ?? '', summary);
    assert.equal(names?.length, 12);
    assert.deepEqual(records, rows);
    const [sheet] = readExcel(await exported('Excel', 'xlsx'));
    assert.match(String(sheet?.rows[0]?.[0]), summary);
    assert.deepEqual(
      sheet?.rows.slice(2).map((row) => row.slice(0, 12)),
      rows,
    );
    const json = JSON.parse((await exported('JSON', 'json')).toString());
    assert.deepEqual([json.changes, json.gaps.length, json.head.tenant], [changes, 1, 'Contoso']);
    assert.match((await exported('Markdown', 'md')).toString(), /## Not known \(1\)/);
  });

  it('is copied and exported from the view while it is shown there', async () => {
    const fake = comparing('Quarter', 'Now', 'In the view “Access”');
    await run(compareSnapshots, fake, { tenantId: 'a' });
    await run(copyAccess, fake);
    await run(copyAccessAsJson, fake);
    const [table = '', json = ''] = fake.ui.copied;
    assert.deepEqual(
      table
        .trimEnd()
        .split('\n')
        .slice(2)
        .map((line) => line.split('\t')),
      rows,
    );
    assert.deepEqual(JSON.parse(json).changes, changes);
    const path = join(emptyFolder(), 'out.csv');
    fake.ui.replies.push('CSV', path);
    await run(exportShownAccess, fake);
    assert.equal(parseStrictCsv(readFileSync(path, 'utf8').slice(1)).length, rows.length + 2);
  });

  it('says that there is none yet', async () => {
    const fake = deps();
    await assert.rejects(run(compareSnapshots, fake, { tenantId: 'b' }), isCancelled);
    assert.deepEqual(fake.ui.informed, ['There is no snapshot of this tenant yet. Take one first.']);
  });

  it('leaves nothing behind when it is closed', async () => {
    const fake = comparing('Quarter', 'Now', close);
    await assert.rejects(run(compareSnapshots, fake, { tenantId: 'a' }), isCancelled);
    assert.deepEqual(fake.deletedSnapshots, [1]);
  });
});
