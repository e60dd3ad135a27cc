import type { Report } from '../../core/report/report.ts';
import { foldText } from '../../core/text/text.ts';
import { type Effective, effectiveAccess, type Outer, outerGroups } from './effective.ts';
import { groupsWithGaps } from './gaps.ts';
import { orderSimilar, transpose } from './order.ts';

export type Order = 'similar' | 'name' | 'number';

/** What of the matrix is shown. */
export interface Filter {
  /** A part of a name or an e-mail. */
  readonly people: string;
  readonly groups: string;
  /** One of the report's kinds; empty for all. */
  readonly kind: string;
  /** A right's place; -1 for all. */
  readonly right: number;
  /** Access through groups, too. */
  readonly isNested: boolean;
  readonly order: Order;
}

/** What is left by a filter, in order. */
export interface Selection {
  /** Places of people. */
  readonly rows: Int32Array;
  /** Places of groups. */
  readonly columns: Int32Array;
  /** A group's column; -1 where it has none. */
  readonly columnOf: Int32Array;
  readonly cells: number;
}

export interface Cell {
  readonly right: number;
  readonly isDirect: boolean;
}

/** The matrix of a report, apart from how it looks. */
export interface Matrix {
  readonly outer: Outer;
  /** Whether who is not shown in a group has no access to it, as far as is loaded. */
  isKnown(group: number): boolean;
  select(filter: Filter): Selection;
  /** Somebody's cells that a filter leaves. */
  cellsOf(person: number, filter: Filter, take: (group: number, right: number, isDirect: boolean) => void): void;
  cell(person: number, group: number, filter: Filter): Cell | undefined;
}

type Grants = Pick<Report, 'people' | 'groups'>;

export function createMatrix(report: Grants, language: string): Matrix {
  const outer = outerGroups(report);
  const gaps = groupsWithGaps(report);
  const access = effectiveAccess(report, outer);
  const orderOf = createOrders(report, access, language);
  const folded = {
    people: report.people.map(({ name, email }) => foldText(`${name} ${email}`)),
    groups: report.groups.map(({ name }) => foldText(name)),
  };

  const cellsOf: Matrix['cellsOf'] = (person, { right: wanted, isNested }, take) => {
    for (let i = access.starts[person] ?? 0; i < (access.starts[person + 1] ?? 0); i++) {
      const own = access.own[i] ?? -1;
      const right = isNested ? (access.rights[i] ?? 0) : own;
      if (right < 0 || (wanted >= 0 && right !== wanted)) continue;
      take(access.groups[i] ?? 0, right, own === right);
    }
  };

  return {
    outer,
    isKnown: (group) => !gaps.has(group),
    cellsOf,
    cell: (person, group, filter) => {
      let found: Cell | undefined;
      cellsOf(person, filter, (at, right, isDirect) => {
        if (at === group) found = { right, isDirect };
      });
      return found;
    },
    select: (filter) => {
      const isOpen = contains(folded.groups, filter.groups);
      const isMeant = contains(folded.people, filter.people);
      const isAnybody = filter.people.trim() === '' && filter.kind === '' && filter.right < 0;
      const used = new Uint8Array(report.groups.length);
      // Who may be in a group that is not completely known is left open: the group stays in sight.
      for (const group of gaps) if (isAnybody && isOpen(group)) used[group] = 1;
      let cells = 0;
      const rows = orderOf('people', filter.order).filter((person) => {
        if ((filter.kind !== '' && report.people[person]?.kind !== filter.kind) || !isMeant(person)) return false;
        const before = cells;
        cellsOf(person, filter, (group) => {
          if (!isOpen(group)) return;
          used[group] = 1;
          cells++;
        });
        return cells > before;
      });
      const columns = orderOf('groups', filter.order).filter((group) => used[group] === 1);
      const columnOf = new Int32Array(report.groups.length).fill(-1);
      for (const [column, group] of columns.entries()) columnOf[group] = column;
      return { rows, columns, columnOf, cells };
    },
  };
}

/** All words, in any order. */
function contains(texts: readonly string[], wanted: string): (index: number) => boolean {
  const words = foldText(wanted)
    .split(/\s+/)
    .filter((word) => word !== '');
  return (index) => words.every((word) => texts[index]?.includes(word));
}

/** Each is worked out when it is first asked for. */
function createOrders({ people, groups }: Grants, access: Effective, language: string) {
  const table = { starts: access.starts, columns: access.groups, columnCount: groups.length };
  const lists = {
    people: { table: () => table, names: people },
    groups: { table: () => transpose(table), names: groups },
  };
  const collator = new Intl.Collator(language, { numeric: true });
  const byName = (names: readonly { readonly name: string }[]) => (one: number, other: number) =>
    collator.compare(names[one]?.name ?? '', names[other]?.name ?? '') || one - other;
  const known = new Map<string, Int32Array>();

  function work(list: keyof typeof lists, order: Order): Int32Array {
    const { table: tableOf, names } = lists[list];
    if (order === 'similar') return orderSimilar(tableOf());
    const places = Int32Array.from(names.keys());
    if (order === 'name') return places.sort(byName(names));
    const { starts } = tableOf();
    const size = (place: number) => (starts[place + 1] ?? 0) - (starts[place] ?? 0);
    return places.sort((one, other) => size(other) - size(one) || byName(names)(one, other));
  }

  return (list: keyof typeof lists, order: Order): Int32Array => {
    const held = known.get(`${list} ${order}`) ?? work(list, order);
    known.set(`${list} ${order}`, held);
    return held;
  };
}
