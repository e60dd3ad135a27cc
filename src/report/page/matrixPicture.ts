import type { Report } from '../../core/report/report.ts';
import type { Filter, Matrix, Selection } from '../matrix/selection.ts';
import type { Painter } from './painter.ts';
import type { Theme } from './theme.ts';

/** What part of the matrix is in sight, in pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  /** Of a cell, both ways. */
  readonly cell: number;
}

export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface Picture {
  readonly report: Report;
  readonly matrix: Matrix;
  readonly filter: Filter;
  readonly selection: Selection;
  readonly letters: readonly string[];
  readonly theme: Theme;
  readonly cursor: Spot | undefined;
}

/** Smaller cells have no names beside them, smaller ones than the other no letters in them. */
export const smallestNamed = 9;
const smallestLettered = 11;

/** The room for names, which stays in sight. */
export function margins({ cell, width }: Pick<View, 'cell' | 'width'>): {
  readonly left: number;
  readonly top: number;
} {
  return cell < smallestNamed ? { left: 0, top: 0 } : { left: Math.min(220, Math.round(width * 0.35)), top: 150 };
}

/** The cell at a point of the view; -1 for the row or column where a name is. */
export function spotAt(view: View, { rows, columns }: Selection, x: number, y: number): Spot | undefined {
  const { left, top } = margins(view);
  const column = x < left ? -1 : Math.floor((x - left + view.left) / view.cell);
  const row = y < top ? -1 : Math.floor((y - top + view.top) / view.cell);
  return (row < 0 && column < 0) || row >= rows.length || column >= columns.length ? undefined : { row, column };
}

/** Paints what is in sight: nothing else is gone through. */
export function paint(painter: Painter, view: View, picture: Picture): void {
  const { selection, theme, cursor } = picture;
  const { cell } = view;
  const margin = margins(view);
  const first = { row: Math.floor(view.top / cell), column: Math.floor(view.left / cell) };
  const last = {
    row: Math.min(selection.rows.length, Math.ceil((view.top + view.height - margin.top) / cell)),
    column: Math.min(selection.columns.length, Math.ceil((view.left + view.width - margin.left) / cell)),
  };
  const x = (column: number) => margin.left + column * cell - view.left;
  const y = (row: number) => margin.top + row * cell - view.top;

  painter.begin(view.width, view.height, theme.background);
  const bottom = Math.min(view.height, y(selection.rows.length));
  for (let column = first.column; column < last.column; column++) {
    if (picture.matrix.isKnown(selection.columns[column] ?? -1)) continue;
    painter.hatch(x(column), margin.top, cell, bottom - margin.top, theme.unknown);
  }
  if (cell >= smallestNamed) paintLines(painter, view, picture, { first, last, x, y });
  for (let row = first.row; row < last.row; row++) {
    picture.matrix.cellsOf(selection.rows[row] ?? -1, picture.filter, (group, right, isDirect) => {
      const column = selection.columnOf[group] ?? -1;
      if (column < first.column || column >= last.column) return;
      paintCell(painter, picture, { x: x(column), y: y(row), cell, right, isDirect });
    });
  }
  if (cell >= smallestNamed) paintNames(painter, view, picture, { first, last, x, y });
  if (
    cursor &&
    cursor.row >= first.row &&
    cursor.row < last.row &&
    cursor.column >= first.column &&
    cursor.column < last.column
  ) {
    const size = Math.max(cell, 5);
    painter.outline(x(cursor.column) - 1, y(cursor.row) - 1, size + 1, size + 1, theme.focus, 2);
  }
  painter.end();
}

interface Range {
  readonly first: Spot;
  readonly last: Spot;
  x(column: number): number;
  y(row: number): number;
}

/** A raster, so that the eye finds the name of a cell. */
function paintLines(painter: Painter, view: View, { theme, selection }: Picture, { first, last, x, y }: Range): void {
  const right = Math.min(view.width, x(selection.columns.length));
  const bottom = Math.min(view.height, y(selection.rows.length));
  const { left, top } = margins(view);
  for (let row = first.row; row <= last.row; row++) painter.fill(left, y(row), right - left, 1, theme.grid);
  for (let column = first.column; column <= last.column; column++)
    painter.fill(x(column), top, 1, bottom - top, theme.grid);
}

interface PaintedCell {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly right: number;
  readonly isDirect: boolean;
}

function paintCell(painter: Painter, { theme, letters }: Picture, { x, y, cell, right, isDirect }: PaintedCell): void {
  const color = theme.rights[right] ?? theme.foreground;
  if (cell < smallestNamed) {
    // Without room for a frame, a smaller mark tells what comes through groups.
    const size = isDirect ? Math.max(cell - (cell > 3 ? 1 : 0), 1) : Math.max(cell / 2, 0.75);
    painter.fill(x, y, size, size, color);
    return;
  }
  const size = isDirect ? cell - 2 : Math.round(cell * 0.6);
  const inset = (cell - size + 1) / 2;
  if (isDirect) painter.fill(x + inset, y + inset, size, size, color);
  else painter.outline(x + inset, y + inset, size, size, color, 2);
  if (cell < smallestLettered) return;
  const letter = letters[right] ?? '';
  painter.text(isDirect ? letter : letter.toLowerCase(), x + (cell + 1) / 2, y + (cell + 1) / 2 + 0.5, {
    color: isDirect ? (theme.onRights[right] ?? theme.background) : theme.foreground,
    size: Math.min(Math.round(cell * (isDirect ? 0.66 : 0.5)), 16),
    font: theme.font,
    isCentered: true,
  });
}

function paintNames(painter: Painter, view: View, picture: Picture, { first, last, x, y }: Range): void {
  const { report, matrix, selection, theme, cursor } = picture;
  const { left, top } = margins(view);
  const { cell } = view;
  const size = Math.min(13, Math.max(9, Math.round(cell * 0.72)));
  const look = (isCurrent: boolean) => ({ color: isCurrent ? theme.focus : theme.foreground, size, font: theme.font });
  painter.fill(0, 0, left, view.height, theme.background);
  for (let row = first.row; row < last.row; row++) {
    const person = report.people[selection.rows[row] ?? -1];
    painter.text(shortened(person?.name ?? '', left - 8, size), 4, y(row) + cell / 2, look(cursor?.row === row));
  }
  painter.fill(0, 0, view.width, top, theme.background);
  for (let column = first.column; column < last.column; column++) {
    const group = selection.columns[column] ?? -1;
    const name = shortened(`${report.groups[group]?.name ?? ''}${matrix.isKnown(group) ? '' : ' (?)'}`, top - 10, size);
    painter.text(name, x(column) + cell / 2, top - 5, { ...look(cursor?.column === column), isUpright: true });
  }
  painter.fill(0, 0, left, top, theme.background);
  painter.fill(left, top - 1, view.width - left, 1, theme.line);
  painter.fill(left - 1, top, 1, view.height - top, theme.line);
}

/** As much of a name as there is room for: a letter takes rather more than half its height. */
function shortened(name: string, room: number, size: number): string {
  const most = Math.max(1, Math.floor(room / (size * 0.52)));
  const letters = [...name];
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join('')}…`;
}
