import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';

export interface RowOptions extends Omit<AccessContext, 'row' | 'page' | 'answer' | 'askAgain'> {
  /** Rows that a list shows at first, and more with each "Load more". */
  pageSize(): number;
  /** A row to render again, with what is below it; without a row, all. */
  fire(row: AccessRow | undefined): void;
}

/** Rows of a page, at most. */
const mostAtOnce = 500;

/** Keeps the rows of the view, how many of each list are shown, and what services answered. */
export function createRows(options: RowOptions): AccessContext & { clear(): void } {
  const { words, fire } = options;
  const { t, number } = words;
  let held = new Map<string, AccessRow>();
  let pages = new Map<string, number>();
  let answers = new Map<string, Promise<unknown>>();
  let asking = new AbortController();
  // VS Code takes all rows of a list in one go, and each of these looks into the store.
  const pageSize = () => Math.min(options.pageSize(), mostAtOnce);

  const row: AccessContext['row'] = (parent, part, fields) => {
    // The whole path; a quoted part ends where it ends, whatever is in it.
    const id = `${parent?.id ?? ''}/${JSON.stringify(part)}`;
    const blank = { facts: undefined, children: undefined, isOpen: undefined };
    const known = Object.assign(held.get(id) ?? { id, parent }, blank, fields) as AccessRow;
    held.set(id, known);
    return known;
  };

  return {
    ...options,
    row,
    // A row asks the same thing each time.
    answer: <T>({ id }: AccessRow, ask: (signal: AbortSignal) => Promise<T>) => {
      const answer = answers.get(id) ?? ask(asking.signal);
      answers.set(id, answer);
      return answer as Promise<T>;
    },
    askAgain: (owner) => {
      answers.delete(owner.id);
      fire(owner);
    },
    page: (owner, items, toRow) => {
      const limit = (pages.get(owner.id) ?? 1) * pageSize();
      const shown = items.slice(0, limit).map(toRow);
      if (items.length <= limit) return shown;
      const more = row(owner, 'more:', {
        more: () => {
          pages.set(owner.id, (pages.get(owner.id) ?? 1) + 1);
          fire(owner);
        },
        look: () =>
          plainLook(
            t('Load more'),
            t('{0} of {1} shown', number(limit), number(items.length)),
            'ellipsis',
            'note more',
            {
              click: { command: 'tenantExplorer.loadMore', title: t('Load more') },
            },
          ),
      });
      return [...shown, more];
    },
    clear: () => {
      asking.abort();
      asking = new AbortController();
      [held, pages, answers] = [new Map(), new Map(), new Map()];
    },
  };
}
