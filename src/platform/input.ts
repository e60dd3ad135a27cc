import * as vscode from 'vscode';
import type { Answer, InputOptions } from '../core/ui.ts';
import { showQuickInput } from './quickInput.ts';

/** Asks for a text. What is wrong with it is said as soon as something was typed, and on Enter. */
export function input(options: InputOptions, signal?: AbortSignal): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  const check = () => options.validate?.(box.value);
  box.value = options.value ?? '';
  box.password = options.isSecret ?? false;
  if (options.prompt !== undefined) box.prompt = options.prompt;
  return showQuickInput<vscode.InputBox, string>(box, options, signal, (shown, answer) => {
    shown.onDidChangeValue(() => {
      shown.validationMessage = check();
    });
    shown.onDidAccept(() => {
      shown.validationMessage = check();
      if (shown.validationMessage === undefined) answer(shown.value);
    });
  });
}
