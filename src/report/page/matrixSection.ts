import { lettersOf } from '../matrix/letters.ts';
import { createMatrix, type Filter } from '../matrix/selection.ts';
import { fill, type PageContext, reveal } from './context.ts';
import { button, el, section } from './dom.ts';
import { createLegend } from './legend.ts';
import { createMatrixFilter } from './matrixFilter.ts';
import { createMatrixView } from './matrixView.ts';
import { growingTable } from './moreRows.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { createWhy } from './why.ts';
import { cellWords, groupName, kindWord, personName, rightWord } from './words.ts';

/** What the user chose, kept while the page is hidden. */
export interface MatrixState {
  readonly filter?: Partial<Filter>;
  readonly person?: number;
  readonly group?: number;
}

const everything: Filter = { people: '', groups: '', kind: '', right: -1, isNested: true, order: 'similar' };

/** Who can access what: the matrix, why somebody has access, and the same as a table. */
export function matrixSection(
  context: PageContext,
  saved: MatrixState,
  save: (state: MatrixState) => void,
): HTMLElement {
  const { report, texts, number, language } = context;
  if (report.people.length === 0) return section('matrix', texts.matrix, el('p', {}, texts.nothing));
  const matrix = createMatrix(report, language);
  const letters = lettersOf(report.rights.map(({ name }) => name));
  const themeNow = () => readTheme(report.rights.map(({ level }) => level));
  let filter: Filter = { ...everything, ...saved.filter };
  let state: MatrixState = saved;
  const keep = (change: MatrixState) => {
    state = { ...state, ...change };
    save(state);
  };

  const why = createWhy(context, matrix);
  const status = el('p', { class: 'status', role: 'status' });
  const describe = (person: number, group: number) =>
    cellWords(context, person, group, { cell: matrix.cell(person, group, filter), isKnown: matrix.isKnown(group) });
  const view = createMatrixView({
    ...{ context, matrix, letters, filter, describe, theme: themeNow() },
    onMove: (person, group) => {
      status.textContent = describe(person, group);
      why.show(person, group);
      keep({ person, group });
    },
    onChoose: (person, group) =>
      reveal(context, person === undefined ? { what: 'group', group } : { what: 'cell', person, group }),
  });
  const legend = createLegend(context, matrix, letters, themeNow());
  const list = el('details', {}, el('summary', {}, texts.table));
  list.addEventListener('toggle', fillTable);

  function fillTable(): void {
    if (!list.open) return;
    list.replaceChildren(el('summary', {}, texts.table), growingTable(context, texts.matrix, columns, rows()));
  }
  const columns = [texts.person, texts.kind, texts.group, texts.right, texts.way].map((title) => ({ title }));
  function rows(): readonly (readonly string[])[] {
    const found: string[][] = [];
    for (const person of view.selection.rows) {
      matrix.cellsOf(person, filter, (group, right, isDirect) => {
        if ((view.selection.columnOf[group] ?? -1) < 0) return;
        const kind = kindWord(context, report.people[person]?.kind ?? '');
        const way = isDirect ? texts.direct : texts.through;
        found.push([personName(context, person), kind, groupName(context, group), rightWord(context, right), way]);
      });
    }
    return found;
  }

  const filters = createMatrixFilter(context, filter, (next) => {
    filter = next;
    view.setFilter(filter);
    why.clear();
    status.textContent = '';
    keep({ filter });
    fillTable();
  });
  const zoom = [
    button('−', () => view.zoom(0.8), { 'aria-label': texts.zoomOut, title: texts.zoomOut }),
    button('+', () => view.zoom(1.25), { 'aria-label': texts.zoomIn, title: texts.zoomIn }),
    button(texts.fit, () => view.fit()),
  ];
  onThemeChange(() => {
    view.setTheme(themeNow());
    legend.setTheme(themeNow());
  });
  // When it is on the page and has its size.
  if (saved.person !== undefined && saved.group !== undefined) {
    const { person, group } = saved;
    requestAnimationFrame(() => view.moveTo(person, group));
  }

  const { people, grants } = report.leftOut;
  return section(
    'matrix',
    texts.matrix,
    ...(people > 0 ? [el('p', { class: 'note' }, fill(texts.leftOut, number(people), number(grants)))] : []),
    el('div', { class: 'toolbar' }, ...filters, el('span', { class: 'zoom' }, ...zoom)),
    el('p', { id: 'matrix-help', class: 'hint' }, context.ask ? texts.matrixHelp : texts.matrixHelpSaved),
    el('div', { class: 'matrix-frame' }, view.element, el('p', { class: 'none' }, texts.noCells)),
    status,
    legend.element,
    why.element,
    list,
  );
}
