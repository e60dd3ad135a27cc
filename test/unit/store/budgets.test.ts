import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BudgetLimit } from '../../../src/core/provider/budget.ts';
import { openWriter, storePath } from './fixture.ts';

const limits: readonly BudgetLimit[] = [
  { most: 2, within: 10 },
  { most: 5, within: 100 },
];

/** Budgets of two windows on one store, at a time that the test sets. */
function twoWindows() {
  const path = storePath();
  let time = 0;
  const now = (): string => new Date(time).toISOString();
  const writers = [openWriter(path, now), openWriter(path, now)] as const;
  return {
    writers,
    at: (ms: number, window: 0 | 1 = 0) => {
      time = ms;
      return writers[window].writer;
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

describe('a budget', () => {
  it('is shared by all windows, and says when there is room again', () => {
    const { at } = twoWindows();
    assert.deepEqual(at(1000, 0).spend('b', limits), {});
    assert.deepEqual(at(1003, 1).spend('b', limits), {});
    assert.deepEqual(at(1005, 0).spend('b', limits), { waitUntil: iso(1010) });
    assert.deepEqual(at(1009, 1).spend('b', limits), { waitUntil: iso(1010) });
    assert.deepEqual(at(1009, 1).spend('another', limits), {});
    assert.deepEqual(at(1010, 1).spend('b', limits), {});
  });

  it('obeys the longest of its limits', () => {
    const { at } = twoWindows();
    for (const time of [0, 1, 20, 21, 40]) assert.deepEqual(at(time).spend('b', limits), {});
    assert.deepEqual(at(41).spend('b', limits), { waitUntil: iso(100) });
    assert.deepEqual(at(41).spend('b', [{ most: 0, within: 1 }]), { waitUntil: '9999-12-31T00:00:00.000Z' });
  });

  it('is used by no window before the time that the service said', () => {
    const { at } = twoWindows();
    at(0).exhaust('b', iso(500));
    at(1, 1).exhaust('b', iso(400));
    assert.deepEqual(at(499, 1).spend('b', limits), { waitUntil: iso(500) });
    assert.deepEqual(at(500, 1).spend('b', limits), {});
  });

  it('keeps no use for longer than its windows are', () => {
    const { at, writers } = twoWindows();
    for (let time = 0; time < 1000; time += 50) at(time).spend('b', limits);
    assert.deepEqual(writers[0].sql.all('SELECT at FROM budget_use ORDER BY at'), [
      { __proto__: null, at: 900 },
      { __proto__: null, at: 950 },
    ]);
  });

  it('is not locked by a clock that is set back', () => {
    for (const back of [5, 50, 1_000_000]) {
      const { at } = twoWindows();
      const start = 2_000_000;
      at(start).exhaust('b', iso(start + 20));
      for (const time of [20, 21, 32, 33, 44]) at(start + time).spend('b', limits);
      const left = start + 44 - back;
      let waits = 0;
      for (let time = left; at(time).spend('b', limits).waitUntil !== undefined; time++) waits++;
      assert.ok(waits > 0 && waits <= 200, `${waits} ms after ${back} back`);
    }
  });

  it('never holds more than it allows in any window, whichever windows spend when', () => {
    // One store for all runs, each with a budget of its own: making a store takes longer than a run.
    const { at, writers } = twoWindows();
    let run = 0;
    const step = fc.record({
      after: fc.oneof(fc.nat(6), fc.nat(150)),
      /** How much the clock is set back before. */
      back: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(300) }),
      window: fc.constantFrom(0 as const, 1 as const),
    });
    writers[0].sql.db.exec('PRAGMA synchronous = OFF');
    writers[1].sql.db.exec('PRAGMA synchronous = OFF');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const budget = `run ${run++}`;
        const counted: number[] = [];
        let time = 10_000;
        let clock = time;
        for (const { after, back, window } of steps) {
          time += after;
          clock += after - back;
          const { waitUntil } = at(clock, window).spend(budget, limits);
          if (waitUntil === undefined) counted.push(time);
          else assert.ok(Date.parse(waitUntil) > clock);
        }
        for (const { most, within } of limits) {
          for (const end of counted) {
            assert.ok(counted.filter((use) => use > end - within && use <= end).length <= most);
          }
        }
      }),
    );
  });

  it('gives what it promised at the time that it promised', () => {
    const { at } = twoWindows();
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 20 }), (gaps) => {
        const budget = `run ${run++}`;
        let time = 0;
        for (const gap of gaps) {
          time += gap;
          const { waitUntil } = at(time).spend(budget, limits);
          if (waitUntil === undefined) continue;
          const until = Date.parse(waitUntil);
          assert.notEqual(at(until - 1).spend(budget, limits).waitUntil, undefined);
          time = until;
          assert.deepEqual(at(time).spend(budget, limits), {});
        }
      }),
    );
  });
});
