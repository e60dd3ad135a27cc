import { cancelled } from '../core/errors.ts';

/**
 * The values of another extension's generator, which may not listen to the signal: it is not waited for once the signal
 * has aborted. @throws AppError `cancelled`
 */
export async function* untilAborted<T>(
  values: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const iterator = values[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(cancelled());
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const next = await Promise.race([aborted.promise, iterator.next()]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // So that it can clean up; a generator that hangs would let us wait for ever.
    iterator.return?.()?.catch(() => undefined);
  }
}
