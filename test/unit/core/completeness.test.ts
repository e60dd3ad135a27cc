import assert from 'node:assert/strict';
import { settle } from '../../../src/core/completeness.ts';
import type { ErrorKind } from '../../../src/core/errors.ts';

const well = { rows: 3, malformed: 0, unresolved: 0 };
const failed = (kind: ErrorKind, rows = 0) => settle({ ...well, rows, error: { kind, message: 'Because.' } });

describe('what a load leaves its listing as', () => {
  it('is complete only when nothing is missing', () => {
    assert.deepEqual(settle(well), { state: 'complete' });
    assert.equal(settle({ ...well, rows: 0 }).state, 'complete');
    assert.equal(settle({ ...well, malformed: 1 }).kind, 'badResponse');
    assert.equal(settle({ ...well, malformed: 1 }).state, 'partial');
    assert.equal(settle({ ...well, unresolved: 2 }).state, 'partial');
    assert.deepEqual(settle({ ...well, problem: { kind: 'badResponse', reason: 'Twice.' } }), {
      state: 'partial',
      kind: 'badResponse',
      reason: 'Twice.',
    });
  });

  it('is the failure of a load without rows, in the tabled state', () => {
    const states = {
      forbidden: 'denied',
      throttled: 'throttled',
      notSignedIn: 'failed',
      notFound: 'failed',
      unavailable: 'failed',
      offline: 'failed',
      timeout: 'failed',
      badResponse: 'failed',
      conflict: 'failed',
      invalid: 'failed',
      cancelled: 'notLoaded',
    } as const;
    for (const kind of Object.keys(states) as (keyof typeof states)[]) {
      const settled = failed(kind);
      assert.equal(settled.state, states[kind], kind);
      assert.equal(settled.kind, kind);
      assert.equal(settled.reason, 'Because.');
    }
  });

  it('is partial with the same kind when rows came first', () => {
    for (const kind of ['forbidden', 'throttled', 'offline', 'cancelled'] as const) {
      assert.deepEqual(failed(kind, 5), { state: 'partial', kind, reason: 'Because.' });
    }
  });

  it('says when a throttled service may be asked again', () => {
    const retryAt = '2026-01-01T00:00:00.000Z';
    const settled = settle({ ...well, rows: 0, error: { kind: 'throttled', message: 'Slow down.', retryAt } });
    assert.equal(settled.retryAt, retryAt);
  });
});
