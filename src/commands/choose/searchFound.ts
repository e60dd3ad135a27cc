import type { CommandDeps } from '../command.ts';
import { loadAll } from '../loadAll.ts';
import { choicesOf, type Found } from './findChoices.ts';

export interface FoundSearch {
  readonly title: string;
  /** What is typed already. */
  readonly text?: string;
  /** A button on each row, another way to choose it. */
  readonly button?: { readonly icon: string; readonly title: string };
}

/** What a search may come to: somebody, by the keys of what is kept of them or by e-mail, or a group. */
export type Chosen = Exclude<Found, { readonly loadAll: string }>;

/** Has the user choose somebody or a group among all that was ever loaded. @throws AppError `cancelled` */
export async function searchFound(
  deps: CommandDeps,
  { title, text: first = '', button }: FoundSearch,
  signal: AbortSignal,
): Promise<{ readonly value: Chosen; readonly isByButton: boolean }> {
  const { ui, t } = deps;
  const search = async (typed: string) => {
    const { choices, remark } = await choicesOf(deps, typed);
    const all = choices.map((choice) =>
      button && !('loadAll' in choice.value || 'ask' in choice.value) ? { ...choice, button } : choice,
    );
    return { choices: all, remark };
  };
  for (let text = first; ; ) {
    const placeholder = t('A part of a name or an e-mail, or an id');
    const chosen = await ui.search<Found>({ title, placeholder, text, search }, signal);
    text = chosen.text;
    const { value, isByButton } = chosen;
    if (!('loadAll' in value)) return { value, isByButton };
    // What is known then is looked through again.
    await loadAll.run(deps, [{ tenantId: value.loadAll }], signal);
  }
}
