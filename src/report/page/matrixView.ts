import type { Filter, Matrix, Selection } from '../matrix/selection.ts';
import { fill, type PageContext } from './context.ts';
import { el } from './dom.ts';
import { margins, type Picture, paint, type Spot, smallestNamed, spotAt, type View } from './matrixPicture.ts';
import { createPainter, mostShapes, type Painter } from './painter.ts';
import type { Theme } from './theme.ts';

export interface MatrixViewOptions {
  readonly context: PageContext;
  readonly matrix: Matrix;
  readonly letters: readonly string[];
  readonly filter: Filter;
  readonly theme: Theme;
  /** A cell in words. */
  describe(person: number, group: number): string;
  /** The cursor moved to a cell. */
  onMove(person: number, group: number): void;
  /** A cell, or with no person a group, was chosen. */
  onChoose(person: number | undefined, group: number): void;
}

export interface MatrixView {
  readonly element: HTMLElement;
  readonly selection: Selection;
  setFilter(filter: Filter): void;
  setTheme(theme: Theme): void;
  zoom(factor: number): void;
  /** The whole matrix in sight. */
  fit(): void;
  /** Puts the cursor on a cell, if it is in sight by the filter. */
  moveTo(person: number, group: number): void;
}

const smallestCell = 0.5;
const largestCell = 32;
const comfortable = { smallest: 3, named: 16, largest: 24 };

/** Pixels of a sheet of paper, upright. */
const paperWidth = 700;
/** Has one follower: the matrix that is on the page, which is made anew with it. */
const onPaper = matchMedia('print');

/** The matrix with its scroll bars, its cursor and its keys. */
export function createMatrixView(options: MatrixViewOptions): MatrixView {
  const { context, matrix } = options;
  let picture: Picture = {
    ...{ report: context.report, matrix, letters: options.letters, theme: options.theme, cursor: undefined },
    ...{ filter: options.filter, selection: matrix.select(options.filter) },
  };
  let painter: Painter = createPainter(picture.selection.cells);
  let cell = 0;
  let scheduled = 0;
  let isPrinted = false;
  const highest = () => (isPrinted ? Number.POSITIVE_INFINITY : Math.min(680, innerHeight * 0.72));
  const holder = el('div', { class: 'holder' }, painter.element);
  const sizer = el('div', { class: 'sizer' }, holder);
  const element = el(
    'div',
    { class: 'matrix', tabindex: 0, role: 'application', 'aria-describedby': 'matrix-help' },
    sizer,
  );

  const view = (): View => ({
    ...{ width: element.clientWidth, height: element.clientHeight, cell },
    ...{ left: element.scrollLeft, top: element.scrollTop },
  });
  /** The size at which so many cells have room, with names beside them where it is large enough for names. */
  const roomFor = (columns: number, rows: number): number => {
    const width = isPrinted ? paperWidth : element.clientWidth;
    const room = (size: number) => {
      const { left, top } = margins({ cell: size, width });
      return Math.min((width - left - 2) / columns, (highest() - top - 2) / rows);
    };
    const named = room(largestCell);
    return named >= smallestNamed ? named : Math.min(room(0), smallestNamed - 0.1);
  };
  const fitting = () => roomFor(picture.selection.columns.length, picture.selection.rows.length);

  function draw(): void {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    if (element.clientWidth > 0) paint(painter, view(), picture);
  }
  function schedule(): void {
    if (scheduled === 0) scheduled = requestAnimationFrame(draw);
  }
  function resize(): void {
    const { rows, columns } = picture.selection;
    const { left, top } = margins(view());
    sizer.style.width = `${left + columns.length * cell + 1}px`;
    sizer.style.height = `${top + rows.length * cell + 1}px`;
    // With room for a scroll bar.
    element.style.height = `${Math.min(highest(), top + rows.length * cell + 20)}px`;
    holder.style.width = `${element.clientWidth}px`;
    holder.style.height = `${element.clientHeight}px`;
    schedule();
  }
  function setCell(next: number): void {
    const before = view();
    const margin = margins(before);
    // What is in the middle stays there.
    const middle = {
      x: (before.left + (before.width - margin.left) / 2) / cell,
      y: (before.top + (before.height - margin.top) / 2) / cell,
    };
    cell = Math.min(largestCell, Math.max(smallestCell, next));
    resize();
    const after = margins(view());
    element.scrollTo(
      middle.x * cell - (before.width - after.left) / 2,
      middle.y * cell - (before.height - after.top) / 2,
    );
  }
  function begin(): void {
    const { rows, columns, cells } = picture.selection;
    const { smallest, named, largest } = comfortable;
    // All columns in sight, as far as that is readable; of few cells all have their names.
    const least = rows.length * columns.length <= mostShapes ? named : smallest;
    cell = Math.min(largest, Math.max(least, roomFor(columns.length, least === named ? 1 : rows.length)));
    element.setAttribute(
      'aria-label',
      fill(context.texts.matrixLabel, ...[rows.length, columns.length, cells].map(context.number)),
    );
    const next = createPainter(cells);
    holder.replaceChildren(next.element);
    painter = next;
    element.classList.toggle('empty', cells === 0);
    resize();
  }

  function setCursor(cursor: Spot, isChosen: boolean): void {
    const { rows, columns } = picture.selection;
    const person = rows[cursor.row];
    const group = columns[cursor.column];
    if (group === undefined) return;
    if (person === undefined) {
      options.onChoose(undefined, group);
      return;
    }
    picture = { ...picture, cursor };
    intoSight(cursor);
    schedule();
    options.onMove(person, group);
    if (isChosen) options.onChoose(person, group);
  }
  function intoSight({ row, column }: Spot): void {
    const { left, top, width, height } = view();
    const margin = margins(view());
    const nearest = (at: number, from: number, room: number) =>
      Math.max(Math.min(from, at * cell), (at + 1) * cell - room + 2);
    element.scrollTo(nearest(column, left, width - margin.left), nearest(row, top, height - margin.top));
  }

  element.addEventListener('scroll', schedule, { passive: true });
  element.addEventListener('click', (event) => {
    const box = element.getBoundingClientRect();
    const spot = spotAt(view(), picture.selection, event.clientX - box.left, event.clientY - box.top);
    if (spot && spot.column >= 0) setCursor(spot, true);
  });
  element.addEventListener('mousemove', (event) => {
    const box = element.getBoundingClientRect();
    const spot = spotAt(view(), picture.selection, event.clientX - box.left, event.clientY - box.top);
    const { rows, columns } = picture.selection;
    const [person, group] = [rows[spot?.row ?? -1], columns[spot?.column ?? -1]];
    element.title = person === undefined || group === undefined ? '' : options.describe(person, group);
  });
  element.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setCell(cell * (event.deltaY < 0 ? 1.2 : 1 / 1.2));
    },
    { passive: false },
  );
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === '+' || event.key === '-') return setCell(cell * (event.key === '+' ? 1.25 : 0.8));
    const { rows, columns } = picture.selection;
    if (rows.length === 0 || columns.length === 0) return;
    const next = moved(event.key, picture.cursor ?? { row: -1, column: -1 }, {
      rows: rows.length,
      columns: columns.length,
    });
    if (next) {
      event.preventDefault();
      setCursor(next, false);
    } else if (event.key === 'Enter' && picture.cursor) setCursor(picture.cursor, true);
  });
  onPaper.onchange = ({ matches }) => {
    isPrinted = matches;
    begin();
    draw();
  };
  new ResizeObserver(() => {
    if (cell > 0) return resize();
    begin();
    draw();
  }).observe(element);

  return {
    element,
    get selection() {
      return picture.selection;
    },
    setFilter: (filter) => {
      picture = { ...picture, filter, selection: matrix.select(filter), cursor: undefined };
      begin();
      element.scrollTo(0, 0);
    },
    setTheme: (theme) => {
      picture = { ...picture, theme };
      schedule();
    },
    zoom: (factor) => setCell(cell * factor),
    fit: () => setCell(fitting()),
    moveTo: (person, group) => {
      const row = picture.selection.rows.indexOf(person);
      const column = picture.selection.columnOf[group] ?? -1;
      if (row >= 0 && column >= 0) setCursor({ row, column }, false);
    },
  };
}

/** Where a key leads, from one cell to another. */
function moved(
  key: string,
  { row, column }: Spot,
  size: { readonly rows: number; readonly columns: number },
): Spot | undefined {
  const at = (nextRow: number, nextColumn: number): Spot => ({
    row: Math.min(size.rows - 1, Math.max(0, nextRow)),
    column: Math.min(size.columns - 1, Math.max(0, nextColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'PageUp':
      return at(row - 10, column);
    case 'PageDown':
      return at(row + 10, column);
    case 'Home':
      return at(row, 0);
    case 'End':
      return at(row, size.columns - 1);
    default:
      return undefined;
  }
}
