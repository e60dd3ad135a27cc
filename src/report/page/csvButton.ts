import type { PageContext } from './context.ts';
import { button, type Column, el } from './dom.ts';

/** Rows in a message: the extension shares its thread with others, so it is given no large ones. */
const rowsAtOnce = 500;

/** A table with a button that writes it to a file; a saved page has nobody to ask for one. */
export function withCsv(
  { texts, ask }: PageContext,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  table: HTMLElement,
): HTMLElement {
  if (!ask) return table;
  const save = () => {
    const all = [columns.map(({ title }) => title), ...rows];
    for (let at = 0; at < all.length; at += rowsAtOnce) {
      const isLast = at + rowsAtOnce >= all.length;
      ask({ type: 'table', name: caption, rows: all.slice(at, at + rowsAtOnce), isLast });
    }
  };
  return el('div', { class: 'data' }, table, button(texts.csv, save, { 'aria-label': `${texts.csv} ${caption}` }));
}
