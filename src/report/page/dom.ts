type Child = Node | string;

interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

/** An element; texts become text, whatever they contain. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** A part of the page with its heading. */
export function section(id: string, heading: string, ...children: readonly Child[]): HTMLElement {
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    el('h2', { id: `${id}-heading` }, heading),
    ...children,
  );
}

export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const head = el(
    'tr',
    {},
    ...columns.map(({ title, isNumber }) => el('th', { scope: 'col', class: isNumber && 'number' }, title)),
  );
  const body = el('tbody', {}, ...rows.map((row) => tableRow(columns, row)));
  return el('table', {}, el('caption', {}, caption), el('thead', {}, head), body);
}

export function tableRow(columns: readonly Column[], cells: readonly string[]): HTMLTableRowElement {
  return el(
    'tr',
    {},
    ...cells.map((cell, index) =>
      index === 0 ? el('th', { scope: 'row' }, cell) : el('td', { class: columns[index]?.isNumber && 'number' }, cell),
    ),
  );
}
