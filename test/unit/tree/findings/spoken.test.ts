import assert from 'node:assert/strict';
import { usualSeverities } from '../../../../src/core/findings/findings.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { createFindingsModel } from '../../../../src/tree/findings/findingsModel.ts';
import type { Row } from '../../../../src/tree/row.ts';
import { createWords } from '../../../../src/tree/words.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { afterTest } from '../../store/fixture.ts';
import { createWorld, guest, rules, viewer } from '../../store/queries/findings/fixture.ts';

describe('what is said of the rows of the view "Findings"', () => {
  async function said(ignores: boolean): Promise<readonly string[]> {
    const world = createWorld();
    world.tenant('t', { g: [guest('eve', 'Admin')], h: [viewer('v')] });
    if (ignores) {
      const eve = {
        finding: 'guestCanEdit',
        tenantId: 't',
        groupId: 'g',
        memberId: 'eve',
        accessRight: 'Admin',
      } as const;
      world.writer.ignoreFindings([eve], { reason: 'By contract.', by: 'ada' });
    }
    const model = createFindingsModel({
      reader: world.reader,
      words: createWords(translate, 'en'),
      log: silentLogger,
      isVisible: true,
      plan: async () => ({ rules, severities: { ...usualSeverities, emptyGroup: 'off' } }),
      fire: () => undefined,
      setBusy: () => undefined,
      show: () => undefined,
      interval: 0,
    });
    afterTest(model.dispose);
    const all: string[] = [];
    const listen = (row: Row) => all.push(`${row.look().context}: ${row.look().spoken}`);
    for (const section of await model.roots()) {
      listen(section);
      for (const row of (await section.children?.()) ?? []) listen(row);
    }
    return all;
  }
  const has = (all: readonly string[], wanted: string | RegExp) =>
    assert.ok(
      all.some((one) => (typeof wanted === 'string' ? one === wanted : wanted.test(one))),
      `${wanted} in\n${all.join('\n')}`,
    );

  it('is what was found, how often and how grave', async () => {
    const all = await said(false);
    has(all, 'findings: No administrator, 1 · High');
    has(all, 'findings: Guests who can edit, 1 · High');
  });

  it('is where or who, of which kind, with which right', async () => {
    const all = await said(false);
    has(all, 'finding: Group h, workspace, T-t');
    has(all, 'finding: Name of eve, guest, Admin · in Group g · T-t');
  });

  it('is what was looked for and not found, or turned off', async () => {
    const all = await said(false);
    has(all, /^note: Nothing found, \d+ checks$/);
    has(all, 'note: Access for everyone, 2 of 2 groups looked at');
  });

  it('is that a finding is ignored, and why', async () => {
    const all = await said(true);
    has(all, 'note: Ignored, 1');
    has(
      all,
      /^ignoredFinding: Name of eve, ignored, Guests who can edit · By contract\. · ada, .+ · in Group g · T-t$/,
    );
  });
});
