import * as vscode from 'vscode';
import { cancelled } from '../core/errors.ts';
import type { Searched, SearchOptions } from '../core/ui.ts';
import { type Item, toItem } from './pick.ts';

/** A quick pick whose choices are looked up as the user types. @throws AppError `cancelled` when it is closed */
export async function search<T>(
  { title, placeholder, text, search }: SearchOptions<T>,
  signal?: AbortSignal,
): Promise<Searched<T>> {
  const input = vscode.window.createQuickPick<Item<T>>();
  input.title = title;
  input.placeholder = placeholder;
  input.ignoreFocusOut = true;
  // Filtered already, and by more than what is shown.
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.value = text;
  const { promise, resolve, reject } = Promise.withResolvers<Searched<T>>();
  const abort = () => reject(cancelled());
  let latest = 0;
  const update = async (typed: string): Promise<void> => {
    const own = ++latest;
    try {
      const { choices, remark } = await search(typed);
      // Of two searches that overlap the later one counts.
      if (own !== latest) return;
      input.items = choices.map(({ button, ...choice }) => ({
        ...toItem(choice),
        alwaysShow: true,
        ...(button ? { buttons: [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.title }] } : {}),
      }));
      input.title = remark === '' ? title : `${title} – ${remark}`;
    } catch (error) {
      reject(error);
    }
  };
  input.onDidChangeValue((typed) => void update(typed));
  input.onDidAccept(() => {
    const [chosen] = input.selectedItems;
    if (chosen) resolve({ value: chosen.value, text: input.value, isByButton: false });
  });
  input.onDidTriggerItemButton(({ item }) => resolve({ value: item.value, text: input.value, isByButton: true }));
  input.onDidHide(abort);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  else {
    input.show();
    void update(text);
  }
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    input.dispose();
  }
}
