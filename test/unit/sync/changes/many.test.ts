import assert from 'node:assert/strict';
import { mostChanges } from '../../../../src/core/changes/makePlan.ts';
import { remainingWishes } from '../../../../src/core/changes/undo.ts';
import { openStage, outcomes, powerbi, type Stage } from './stage.ts';

const post = /^POST .*\/users$/;

describe('very many changes', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(powerbi());
  });
  afterEach(() => stage.close());

  const additions = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const identifier = `new${index}@generated.example`;
      const group = stage.groups[index % stage.groups.length];
      return stage.add(group, { identifier, principalType: 'user', name: identifier }, 'Viewer');
    });

  it('are planned, as many as a plan takes, and one more is refused', async () => {
    const plan = await stage.plan(...additions(mostChanges));
    assert.deepEqual([plan.changes.length, plan.problems], [mostChanges, []]);
    assert.deepEqual((await stage.plan(...additions(mostChanges + 1))).problems, [{ wish: -1, code: 'tooMany' }]);
  });

  it('are cancelled in the middle and resumed, each sent once', async () => {
    const plan = await stage.plan(...additions(800));
    const controller = new AbortController();
    const first = await stage.changes.apply(plan, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 400) controller.abort();
      },
    });
    const sent = stage.server.count(post);
    assert.ok(sent >= 400 && sent < 800, `${sent}`);
    assert.deepEqual([...new Set(outcomes(first))].sort(), ['applied', 'notDone']);
    assert.equal(first.stopped?.isCancelled, true);
    const second = await stage.apply(...remainingWishes(first.results));
    assert.deepEqual([...new Set(outcomes(second))], ['applied']);
    assert.equal(second.results.length, 800 - sent);
    assert.equal(stage.server.count(post), 800);
    const members = await Promise.all(stage.groups.map(({ id }) => stage.actual(id)));
    assert.equal(members.flat().filter(({ identifier }) => identifier.startsWith('new')).length, 800);
  });
});
