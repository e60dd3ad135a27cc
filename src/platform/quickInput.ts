import * as vscode from 'vscode';
import { cancelled } from '../core/errors.ts';
import type { Answer, StepOptions } from '../core/ui.ts';

/** Shows a quick pick or an input box until it is answered. @throws AppError `cancelled` when it is closed or aborted */
export function showQuickInput<I extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, T>(
  input: I,
  options: StepOptions,
  signal: AbortSignal | undefined,
  listen: (input: I, answer: (value: T) => void) => void,
): Promise<Answer<T>> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
  const abort = () => reject(cancelled());
  input.title = options.title;
  input.ignoreFocusOut = true;
  if (options.placeholder !== undefined) input.placeholder = options.placeholder;
  if (options.step !== undefined && options.totalSteps !== undefined) {
    input.step = options.step;
    input.totalSteps = options.totalSteps;
  }
  if (options.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve('back'));
  input.onDidHide(abort);
  listen(input, (value) => resolve({ value }));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  else input.show();
  return promise.finally(() => {
    signal?.removeEventListener('abort', abort);
    input.dispose();
  });
}
