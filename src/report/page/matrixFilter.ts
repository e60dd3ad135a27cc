import type { Filter, Order } from '../matrix/selection.ts';
import type { PageContext } from './context.ts';
import { el } from './dom.ts';
import { kindWord, rightWord } from './words.ts';

/** The controls above the matrix. */
export function createMatrixFilter(
  context: PageContext,
  first: Filter,
  onChange: (filter: Filter) => void,
): readonly HTMLElement[] {
  const { texts, report } = context;
  let filter = first;
  const change = (part: Partial<Filter>) => {
    filter = { ...filter, ...part };
    onChange(filter);
  };

  function search(label: string, value: string, set: (text: string) => void): HTMLElement {
    const input = el('input', { type: 'search', value, placeholder: label, 'aria-label': label, size: 16 });
    input.addEventListener('input', () => set(input.value));
    return input;
  }
  function choice(
    label: string,
    chosen: string,
    options: readonly (readonly [string, string])[],
    set: (value: string) => void,
  ) {
    const select = el(
      'select',
      {},
      ...options.map(([value, text]) => el('option', { value, selected: value === chosen }, text)),
    );
    select.addEventListener('change', () => set(select.value));
    return el('label', {}, `${label} `, select);
  }

  const nested = el('input', { type: 'checkbox', checked: first.isNested });
  nested.addEventListener('change', () => change({ isNested: nested.checked }));
  const kinds = report.kinds.map(({ kind }) => [kind, kindWord(context, kind)] as const);
  const rights = report.rights.map((_, place) => [String(place), rightWord(context, place)] as const);
  const orders: readonly (readonly [Order, string])[] = [
    ['similar', texts.bySimilarity],
    ['name', texts.byName],
    ['number', texts.byNumber],
  ];
  return [
    search(texts.filterPeople, first.people, (people) => change({ people })),
    search(texts.filterGroups, first.groups, (groups) => change({ groups })),
    choice(texts.kind, first.kind, [['', texts.all], ...kinds], (kind) => change({ kind })),
    choice(texts.right, String(first.right), [['-1', texts.all], ...rights], (right) =>
      change({ right: Number(right) }),
    ),
    choice(texts.order, first.order, orders, (order) => change({ order: order as Order })),
    ...(report.people.some(({ is }) => is) ? [el('label', {}, nested, ` ${texts.nested}`)] : []),
  ];
}
