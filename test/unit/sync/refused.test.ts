import assert from 'node:assert/strict';
import { AppError, type ErrorKind } from '../../../src/core/errors.ts';
import type { PageRequest } from '../../../src/core/provider/provider.ts';
import { createRefused } from '../../../src/sync/refused.ts';

const part: PageRequest = { url: 'https://x/groups/g/members', shape: 'members', state: {} };
const inOne: PageRequest = { url: 'https://x/$batch', shape: 'batch', parts: [part], state: {} };
const request: PageRequest = { ...part, inOne };
const minute = 60_000;

function afterError(kind: ErrorKind, status?: number) {
  let time = 0;
  const refused = createRefused(() => time);
  const isRefused = refused.isRefused('t', inOne, new AppError(kind, 'x', status === undefined ? {} : { status }));
  const isSent = (minutes: number, tenantId = 't') => {
    time = minutes * minute;
    return refused.chosen(tenantId, request) === inOne;
  };
  return { isRefused, isSent };
}

describe('Several requests in one', () => {
  it('are tried again some time after a failure that may have been of a moment', () => {
    for (const [kind, status] of [['unavailable', 500], ['unavailable', 503], ['badResponse']] as const) {
      const { isRefused, isSent } = afterError(kind, status);
      assert.ok(isRefused);
      assert.deepEqual([isSent(9), isSent(9, 'other'), isSent(11)], [false, true, true]);
    }
  });

  it('are not tried again where the service does not take them', () => {
    for (const [kind, status] of [
      ['notFound', 404],
      ['invalid', 405],
      ['unavailable', 501],
    ] as const) {
      const { isRefused, isSent } = afterError(kind, status);
      assert.deepEqual([isRefused, isSent(10_000)], [true, false]);
    }
  });

  it('are not refused by what holds for every request, or where there was one only', () => {
    for (const [kind, status] of [['notSignedIn', 401], ['throttled', 429], ['offline'], ['timeout']] as const) {
      const { isRefused, isSent } = afterError(kind, status);
      assert.deepEqual([isRefused, isSent(0)], [false, true]);
    }
    assert.equal(createRefused().isRefused('t', part, new AppError('notFound', 'x', { status: 404 })), false);
  });
});
