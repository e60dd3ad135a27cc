import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../../src/core/errors.ts';
import { withRetry } from '../../../../src/core/http/retry.ts';

const never = new AbortController().signal;

/** Fails with the given errors, one a try, then succeeds; counts the tries. */
function failing(...errors: AppError[]) {
  const state = { tries: 0 };
  const read = async () => {
    const error = errors[state.tries];
    state.tries += 1;
    if (error) throw error;
    return 'rows';
  };
  return { state, read };
}

const soon = (milliseconds = 5) => ({ retryAt: new Date(Date.now() + milliseconds) });

describe('reading again', () => {
  it('gets over failures that pass', async () => {
    for (const error of [
      new AppError('throttled', '', soon()),
      new AppError('unavailable', '', { status: 503, ...soon() }),
      new AppError('offline', '', soon()),
      new AppError('timeout', '', soon()),
      new AppError('badResponse', '', { isCutOff: true, ...soon() }),
    ]) {
      const { state, read } = failing(error);
      assert.equal(await withRetry(read, never, () => undefined), 'rows', error.kind);
      assert.equal(state.tries, 2);
    }
  });

  it('is not tried where it cannot help', async () => {
    for (const kind of [
      'invalid',
      'notSignedIn',
      'forbidden',
      'notFound',
      'conflict',
      'badResponse',
      'cancelled',
    ] as const) {
      const { state, read } = failing(new AppError(kind, ''));
      await assert.rejects(
        withRetry(read, never, () => undefined),
        (error: unknown) => isAppError(error, kind),
      );
      assert.equal(state.tries, 1, kind);
    }
  });

  it('ends after three more tries, after one for a time-out', async () => {
    const error = () => new AppError('offline', '', soon());
    const offline = failing(error(), error(), error(), error(), error());
    await assert.rejects(withRetry(offline.read, never, () => undefined));
    assert.equal(offline.state.tries, 4);
    const silent = failing(new AppError('timeout', '', soon()), new AppError('timeout', '', soon()));
    await assert.rejects(withRetry(silent.read, never, () => undefined));
    assert.equal(silent.state.tries, 2);
  });

  it('waits as long as asked, but not for more than a minute', async () => {
    const waits: number[] = [];
    const patient = failing(new AppError('throttled', '', soon(80)));
    await withRetry(patient.read, never, (_, wait) => waits.push(wait));
    assert.ok((waits[0] ?? 0) > 40 && (waits[0] ?? 0) <= 80, String(waits));
    const long = failing(new AppError('throttled', 'Later.', soon(61_000)));
    await assert.rejects(
      withRetry(long.read, never, () => undefined),
      /Later/,
    );
    assert.equal(long.state.tries, 1);
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const { state, read } = failing(new AppError('throttled', '', soon(50_000)));
    const reading = withRetry(read, controller.signal, () => setImmediate(() => controller.abort()));
    await assert.rejects(reading, (error: unknown) => isAppError(error, 'cancelled'));
    assert.equal(state.tries, 1);
  });
});
