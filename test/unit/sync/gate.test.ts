import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import type { BudgetLimit } from '../../../src/core/provider/budget.ts';
import { createGates } from '../../../src/sync/gate.ts';

const signal = new AbortController().signal;
const background = { signal, isUrgent: () => false };
const urgent = { signal, isUrgent: () => true };
const budget = { key: 'calls', limits: [{ most: 2, within: 60_000 }] };

/** A gate whose budget answers what the test says, and the uses and pauses that it was told of. */
function openGate() {
  const spent: (readonly [string, readonly BudgetLimit[]])[] = [];
  const exhausted: string[] = [];
  let waitUntil: string | undefined;
  const writer = {
    spend: async (key: string, limits: readonly BudgetLimit[]) => {
      spent.push([key, limits]);
      return waitUntil === undefined ? {} : { waitUntil };
    },
    exhaust: async (key: string) => {
      exhausted.push(key);
    },
  };
  const gate = createGates({ writer, concurrency: () => 4 })('tenant');
  return {
    gate,
    spent,
    exhausted,
    useUp: (until: string) => {
      waitUntil = until;
    },
  };
}

const outage = async () => {
  throw new AppError('unavailable', 'The service answered 503.', { status: 503 });
};

describe('the gate of a tenant', () => {
  it('counts each attempt in its budget, and sends nothing when that is used up', async () => {
    const { gate, spent, useUp } = openGate();
    assert.equal(await gate.run(async () => 'rows', { ...background, budget }), 'rows');
    assert.deepEqual(spent, [['calls', budget.limits]]);
    useUp('2030-01-01T00:00:00.000Z');
    let sent = 0;
    const refused = gate.run(async () => (sent += 1), { ...urgent, budget });
    await assert.rejects(
      refused,
      (error: unknown) => isAppError(error, 'throttled') && error.retryAt?.toISOString() === '2030-01-01T00:00:00.000Z',
    );
    assert.equal(sent, 0);
  });

  it('tells all windows of a wait that is waited out, and of no longer one', async () => {
    const { gate, exhausted } = openGate();
    const throttled = (seconds: number) => async () => {
      throw new AppError('throttled', 'Slow down.', { retryAt: new Date(Date.now() + 1000 * seconds) });
    };
    await assert.rejects(gate.run(throttled(3600), { ...background, budget }));
    assert.deepEqual(exhausted, []);
    await assert.rejects(gate.run(throttled(5), { ...background, budget }));
    assert.deepEqual(exhausted, ['calls']);
  });

  it('sends nothing in the background after 20 outages in a row, and says why', async () => {
    const { gate } = openGate();
    for (let tries = 0; tries < 20; tries++) await assert.rejects(gate.run(outage, background), /answered 503/);
    let sent = 0;
    const refused = gate.run(async () => (sent += 1), background);
    await assert.rejects(
      refused,
      (error: unknown) => isAppError(error, 'unavailable') && error.isCircuitBroken && /503/.test(error.message),
    );
    assert.equal(sent, 0);
  });

  it('sends what a person asks for in any case; a success mends the circuit', async () => {
    const { gate } = openGate();
    for (let tries = 0; tries < 20; tries++) await assert.rejects(gate.run(outage, background));
    await assert.rejects(gate.run(outage, urgent), /answered 503/);
    await assert.rejects(
      gate.run(async () => 'rows', background),
      /nothing is sent/,
    );
    assert.equal(await gate.run(async () => 'rows', urgent), 'rows');
    assert.equal(await gate.run(async () => 'rows', background), 'rows');
  });

  it('takes refusals for no outage', async () => {
    const { gate } = openGate();
    for (let tries = 0; tries < 30; tries++) {
      const refusal = async () => {
        throw new AppError('forbidden', 'No.', { status: 401 });
      };
      await assert.rejects(gate.run(refusal, background), /No\./);
    }
    assert.equal(await gate.run(async () => 'rows', background), 'rows');
  });
});
