import { fill, type PageContext } from './context.ts';
import { withCsv } from './csvButton.ts';
import { button, type Column, el, table, tableRow } from './dom.ts';

const rowsAtOnce = 200;

/** A table that grows by a button: a browser takes long for very many rows. */
export function growingTable(
  context: PageContext,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const { texts, number } = context;
  const element = table(caption, columns, rows.slice(0, rowsAtOnce));
  const body = element.tBodies[0];
  let shown = Math.min(rows.length, rowsAtOnce);
  const more = button('', () => {
    body?.append(...rows.slice(shown, shown + rowsAtOnce).map((row) => tableRow(columns, row)));
    shown = Math.min(rows.length, shown + rowsAtOnce);
    tell();
  });
  function tell(): void {
    more.textContent = fill(texts.more, number(rows.length - shown));
    more.hidden = shown === rows.length;
  }
  tell();
  const region = el('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': caption }, element, more);
  return withCsv(context, caption, columns, rows, region);
}
