import * as vscode from 'vscode';
import { safeText } from '../core/text/text.ts';
import type { Answer, Choice, StepOptions } from '../core/ui.ts';
import { showQuickInput } from './quickInput.ts';

export type Item<T> = vscode.QuickPickItem & { readonly value: T };

/** Lets the user choose one of several values. */
export function pick<T>(choices: readonly Choice<T>[], options: StepOptions, signal?: AbortSignal): Promise<Answer<T>> {
  const input = vscode.window.createQuickPick<Item<T>>();
  const items = choices.map(toItem);
  input.items = items;
  const picked = items.filter((_, index) => choices[index]?.isPicked);
  // With none, Enter would take nothing.
  if (picked.length > 0) input.activeItems = picked;
  input.matchOnDescription = true;
  return showQuickInput<vscode.QuickPick<Item<T>>, T>(input, options, signal, (shown, answer) => {
    shown.onDidAccept(() => {
      const [chosen] = shown.selectedItems;
      if (chosen) answer(chosen.value);
    });
  });
}

/** Lets the user choose any number of values. */
export function pickMany<T>(
  choices: readonly Choice<T>[],
  options: StepOptions,
  signal?: AbortSignal,
): Promise<Answer<readonly T[]>> {
  const input = vscode.window.createQuickPick<Item<T>>();
  const items = choices.map(toItem);
  input.canSelectMany = true;
  input.items = items;
  input.selectedItems = items.filter((_, index) => choices[index]?.isPicked);
  return showQuickInput<vscode.QuickPick<Item<T>>, readonly T[]>(input, options, signal, (shown, answer) => {
    shown.onDidAccept(() => answer(shown.selectedItems.map(({ value }) => value)));
  });
}

/** A choice with its remote texts made literal. */
export function toItem<T>({ label, description, detail, icon, value }: Choice<T>): Item<T> {
  return {
    label: icon === undefined ? literal(label) : `$(${icon}) ${literal(label)}`,
    ...(description ? { description: literal(description) } : {}),
    ...(detail ? { detail: literal(detail) } : {}),
    value,
  };
}

/** Quick picks render `$(icon)`, also in names that a service sends. */
function literal(text: string): string {
  return safeText(text).replaceAll('$(', '\\$(');
}
