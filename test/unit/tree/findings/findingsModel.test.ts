import assert from 'node:assert/strict';
import { type FindingId, usualSeverities } from '../../../../src/core/findings/findings.ts';
import type { FindingPlan } from '../../../../src/core/findings/findingsView.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import { createFindingsModel, type FindingsModel } from '../../../../src/tree/findings/findingsModel.ts';
import type { Row } from '../../../../src/tree/row.ts';
import { createWords } from '../../../../src/tree/words.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { textOf } from '../../../support/fakeTree.ts';
import { afterTest, membersOf } from '../../store/fixture.ts';
import { admin, createWorld, guest, rules, viewer } from '../../store/queries/findings/fixture.ts';

interface Stage {
  readonly model: FindingsModel;
  readonly shown: { message: string; high: number }[];
  readonly busy: boolean[];
  /** How often something was looked for. */
  searches(): number;
  /** Resolves when VS Code is next told to render. */
  nextFire(): Promise<Row | undefined>;
  children(section: string): Promise<readonly Row[]>;
  sections(): Promise<readonly string[]>;
}

function open(reader: StoreReader, plan: Partial<FindingPlan> = {}): Stage {
  const shown: Stage['shown'] = [];
  const busy: boolean[] = [];
  let searches = 0;
  let fired = Promise.withResolvers<Row | undefined>();
  const counting: StoreReader = {
    ...reader,
    findings: (wanted) => {
      searches++;
      return reader.findings(wanted);
    },
  };
  const model = createFindingsModel({
    reader: counting,
    words: createWords(translate, 'en'),
    log: silentLogger,
    isVisible: true,
    plan: async () => ({ rules, severities: usualSeverities, ...plan }),
    fire: (row) => fired.resolve(row),
    setBusy: (isBusy) => void busy.push(isBusy),
    show: (message, high) => void shown.push({ message, high }),
    interval: 0,
  });
  afterTest(model.dispose);
  const sectionOf = async (label: string) => {
    const section = (await model.roots()).find((row) => row.look().label === label);
    assert.ok(section, label);
    return section;
  };
  return {
    model,
    shown,
    busy,
    searches: () => searches,
    nextFire: () => {
      fired = Promise.withResolvers();
      return fired.promise;
    },
    children: async (label) => (await (await sectionOf(label)).children?.()) ?? [],
    sections: async () => (await model.roots()).map(textOf),
  };
}

const groups = { g: [guest('eve', 'Admin'), guest('bob', 'Member')], h: [viewer('v')], e: [] };

describe('the view of findings', () => {
  it('shows what was found by severity, then what was not', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const stage = open(world.reader);
    assert.deepEqual(await stage.sections(), [
      'No administrator | 2 · High',
      'Guests who can edit | 2 · High',
      'One administrator only | 1 · Medium',
      'Empty groups | 1 · Low',
      'Nothing found | 9 checks',
    ]);
    assert.deepEqual((await stage.children('Guests who can edit')).map(textOf), [
      'Name of bob | Member · in Group g · T-t',
      'Name of eve | Admin · in Group g · T-t',
    ]);
    assert.deepEqual((await stage.children('No administrator')).map(textOf), ['Group e | T-t', 'Group h | T-t']);
    assert.deepEqual(stage.shown, [{ message: 'All 3 groups were looked at.', high: 4 }]);
    assert.deepEqual(stage.busy, [true, false]);
  });

  it('has rows that are targets of the tree, with what to do', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const [row] = await open(world.reader).children('Guests who can edit');
    assert.deepEqual([row?.tenantId, row?.groupId, row?.memberId], ['t', 'g', 'bob']);
    assert.equal(row?.look().click?.command, 'tenantExplorer.showInTenants');
    const facts = (await row?.facts?.()) ?? [];
    assert.deepEqual(
      facts.map(({ label }) => label),
      ['Finding', 'Why', 'What to do', 'Identifier', 'Group', 'Tenant', 'As of'],
    );
  });

  it('says for how much of each tenant that holds', async () => {
    const world = createWorld();
    world.tenant('t', { g: [guest('eve', 'Admin')], never: {} });
    world.tenant('u', { r: [] }, 'uipath');
    const stage = open(world.reader);
    const [section] = await stage.model.roots();
    const facts = (await section?.facts?.()) ?? [];
    assert.deepEqual(
      facts.slice(-2).map(({ label, value }) => `${label}: ${value}`),
      ['T-t: 1 of 2 groups looked at', 'T-u: does not apply to this service'],
    );
    assert.equal(
      stage.shown[0]?.message,
      'Not known completely: T-t (1 of 2 groups looked at). Load the whole tenant to have all findings.',
    );
    const clear = (await stage.children('Nothing found')).map(textOf);
    assert.ok(clear.includes('Access for everyone | 2 of 3 groups looked at'), clear.join('\n'));
    assert.ok(clear.includes('More than 2 built-in administrators | 1 of 1 group looked at'));
    assert.ok(clear.includes('No administrator | 1 of 2 groups looked at'));
  });

  it('follows the settings', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const severities = { ...usualSeverities, noAdmin: 'off', emptyGroup: 'high', guestCanEdit: 'low' } as const;
    const ids = rules.ids.filter((id: FindingId) => severities[id] !== 'off');
    const stage = open(world.reader, { severities, rules: { ...rules, ids } });
    assert.deepEqual(await stage.sections(), [
      'Empty groups | 1 · High',
      'One administrator only | 1 · Medium',
      'Guests who can edit | 2 · Low',
      'Nothing found | 10 checks',
    ]);
    assert.equal(stage.shown[0]?.high, 1);
    assert.ok(
      (await stage.children('Nothing found')).map(textOf).includes('No administrator | turned off by a setting'),
    );
  });

  it('looks again after a change only while it is seen', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const stage = open(world.reader);
    await stage.model.roots();
    stage.model.setVisible(false);
    world.load(membersOf('t', 'h'), { members: [admin('a'), admin('b')] });
    stage.model.onChange();
    stage.model.onChange();
    // Whatever was due by now would have been done.
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(stage.searches(), 1);
    const fired = stage.nextFire();
    stage.model.setVisible(true);
    assert.equal(await fired, undefined);
    assert.equal(stage.searches(), 2);
    assert.deepEqual((await stage.children('No administrator')).map(textOf), ['Group e | T-t']);
  });

  it('keeps its rows the same objects, so that they stay open', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const stage = open(world.reader);
    const [before] = await stage.model.roots();
    await stage.model.refresh();
    const [after] = await stage.model.roots();
    assert.equal(before, after);
    assert.equal(stage.searches(), 2);
  });

  it('shows what is ignored, with the reason', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const { details } = await (await import('../../store/queries/findings/fixture.ts')).look(world.reader);
    const eve = details.filter(({ finding, memberId }) => finding === 'guestCanEdit' && memberId === 'eve');
    world.writer.ignoreFindings(eve, { reason: 'By contract.', by: 'ada' });
    const stage = open(world.reader);
    const [row, ...others] = await stage.children('Ignored');
    assert.equal(others.length, 0);
    assert.match(
      row ? textOf(row) : '',
      /^Name of eve \| Guests who can edit · By contract\. · ada, .* · in Group g · T-t$/,
    );
    assert.deepEqual([row?.look().context, row?.memberId], ['ignoredFinding', 'eve']);
    assert.equal(stage.shown[0]?.high, 3);
  });

  it('shows a thousand rows, and more when they are asked for', async () => {
    const world = createWorld();
    const many = Array.from({ length: 1203 }, (_, index) => [`g${index}`, []] as const);
    world.tenant('t', Object.fromEntries(many));
    const stage = open(world.reader);
    const rows = await stage.children('Empty groups');
    assert.equal(rows.length, 1001);
    const more = rows.at(-1);
    assert.equal(more && textOf(more), 'Load more | 1,000 of 1,203 shown');
    const fired = stage.nextFire();
    stage.model.showMore(more);
    assert.equal((await fired)?.look().label, 'Empty groups');
    const all = await stage.children('Empty groups');
    assert.equal(all.length, 1203);
    assert.equal(new Set(all.map(({ id }) => id)).size, 1203);
  });

  it('says so where there is no tenant, and where it fails', async () => {
    const stage = open(createWorld().reader);
    assert.deepEqual(await stage.sections(), []);
    assert.match(stage.shown[0]?.message ?? '', /^There is no tenant yet/);
    const world = createWorld();
    world.tenant('t', groups);
    let isBroken = true;
    const broken = open({
      ...world.reader,
      findings: async function* (wanted) {
        if (isBroken) throw new Error('broken');
        yield* world.reader.findings(wanted);
      },
    });
    assert.deepEqual(await broken.sections(), []);
    const message = 'The findings could not be computed: refresh to try again. The log says more.';
    assert.deepEqual(broken.shown, [{ message, high: 0 }]);
    assert.deepEqual(broken.busy, [true, false]);
    isBroken = false;
    const fired = broken.nextFire();
    broken.model.onChange();
    await fired;
    const found = broken.shown.at(-1);
    assert.equal(found?.high, 4);
    isBroken = true;
    await broken.model.refresh();
    // What was found before stays, and so does its number.
    assert.deepEqual(broken.shown.at(-1), { message, high: 4 });
    assert.notDeepEqual(await broken.sections(), []);
  });

  it('says by a row that the findings of a kind could not be read', async () => {
    const world = createWorld();
    world.tenant('t', groups);
    const { model } = open({ ...world.reader, findingDetails: async () => assert.fail('broken') });
    const [section] = await model.roots();
    assert.ok(section);
    const [row] = await model.children(section);
    assert.equal(row && textOf(row), 'These findings could not be read | click to retry');
    assert.equal(row?.look().click?.command, 'tenantExplorer.refreshFindings');
  });
});
