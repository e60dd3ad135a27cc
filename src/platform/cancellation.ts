import type { CancellationToken } from 'vscode';

/** Runs a task under a signal that follows a token and, where there is one, an outer signal. */
export async function withSignal<T>(
  token: CancellationToken,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const listening = token.onCancellationRequested(abort);
  outer?.addEventListener('abort', abort, { once: true });
  if (token.isCancellationRequested || outer?.aborted) abort();
  try {
    return await task(controller.signal);
  } finally {
    listening.dispose();
    outer?.removeEventListener('abort', abort);
  }
}
