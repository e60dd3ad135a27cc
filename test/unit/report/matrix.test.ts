import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReportGroup, ReportPerson } from '../../../src/core/report/report.ts';
import { effectiveAccess, outerGroups } from '../../../src/report/matrix/effective.ts';
import { lettersOf } from '../../../src/report/matrix/letters.ts';
import { orderSimilar, type Sparse, transpose } from '../../../src/report/matrix/order.ts';
import { createMatrix, type Filter } from '../../../src/report/matrix/selection.ts';
import { waysInto } from '../../../src/report/matrix/ways.ts';

const groupCount = 6;
const rightCount = 3;

const groups = (state: ReportGroup['state'] = 'complete'): ReportGroup[] =>
  Array.from({ length: groupCount }, (_, number) => ({ name: `G${number}`, tenant: 0, state }));

function person(name: string, cells: readonly number[], more: Partial<ReportPerson> = {}): ReportPerson {
  return { name, email: '', kind: 'user', cells, ...more };
}

function tableOf(rows: readonly (readonly number[])[], columnCount: number): Sparse {
  const starts = Int32Array.from([0, ...rows.map((_, index) => rows.slice(0, index + 1).flat().length)]);
  return { starts, columns: Int32Array.from(rows.flat()), columnCount };
}

const cells = fc
  .array(fc.tuple(fc.nat(groupCount - 1), fc.nat(rightCount - 1)), { maxLength: 5 })
  .map((pairs) => pairs.flat());
const is = fc.option(fc.uniqueArray(fc.nat(groupCount - 1), { minLength: 1, maxLength: 2 }), { nil: undefined });
const people = fc
  .array(fc.record({ cells, is }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map((one, at) => person(`P${at}`, one.cells, one.is ? { is: one.is } : {})));

/** The strongest right of each cell, found by adding what follows until nothing does. */
function closure(all: readonly ReportPerson[]): Map<string, number> {
  const strongest = new Map<string, number>();
  const keep = (key: string, right: number): boolean => {
    if ((strongest.get(key) ?? Number.POSITIVE_INFINITY) <= right) return false;
    strongest.set(key, right);
    return true;
  };
  for (const [at, one] of all.entries())
    for (let i = 0; i < one.cells.length; i += 2) keep(`${at} ${one.cells[i]}`, one.cells[i + 1] ?? 0);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const key of [...strongest.keys()]) {
      const [who, group] = key.split(' ').map(Number);
      for (const inner of all.filter((one) => one.is?.includes(group ?? -1))) {
        for (let i = 0; i < inner.cells.length; i += 2)
          isChanged = keep(`${who} ${inner.cells[i]}`, inner.cells[i + 1] ?? 0) || isChanged;
      }
    }
  }
  return strongest;
}

function told(all: readonly ReportPerson[]): Map<string, number> {
  const { starts, groups: at, rights } = effectiveAccess({ people: all, groups: groups() });
  const found = new Map<string, number>();
  for (let who = 0; who < all.length; who++)
    for (let i = starts[who] ?? 0; i < (starts[who + 1] ?? 0); i++) found.set(`${who} ${at[i]}`, rights[i] ?? -1);
  return found;
}

const everything: Filter = { people: '', groups: '', kind: '', right: -1, isNested: true, order: 'similar' };

describe('effective access of a report', () => {
  it('is what follows from all grants and groups in groups, in circles too', () => {
    fc.assert(
      fc.property(people, (all) => {
        const sorted = (map: Map<string, number>) => [...map].sort();
        assert.deepEqual(sorted(told(all)), sorted(closure(all)));
      }),
      { numRuns: 300 },
    );
  });

  it('has a way for each of its cells, and no way elsewhere', () => {
    fc.assert(
      fc.property(people, fc.nat(7), fc.nat(groupCount - 1), (all, who, group) => {
        const access = told(all);
        const ways = waysInto({ people: all }, outerGroups({ people: all, groups: groups() }), who, group);
        const strongest = ways.map(({ right }) => right).sort()[0];
        assert.equal(strongest, access.get(`${who} ${group}`));
        assert.ok(ways.every((way) => way.groups.at(-1) === group));
        assert.deepEqual(
          ways.map((way) => way.groups.length),
          ways.map((way) => way.groups.length).sort(),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the order of a matrix', () => {
  const rows = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 6 }), { maxLength: 12 });

  it('has every row once', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const order = orderSimilar(tableOf(all, 8));
        assert.deepEqual(
          [...order].sort((one, other) => one - other),
          [...all.keys()],
        );
      }),
    );
  });

  it('exchanges rows and columns, and back', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const sorted = all.map((row) => row.toSorted((one, other) => one - other));
        const table = tableOf(sorted, 8);
        assert.deepEqual(transpose(transpose(table)), table);
      }),
    );
  });

  it('puts together who has the same, and those who have most in common', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(30).keys()], { minLength: 30 }), (mixed) => {
        // Three teams of ten; in each, everybody lacks another of its five groups or none.
        const all = mixed.map((number) => {
          const team = number % 3;
          return [0, 1, 2, 3, 4].filter((at) => at !== Math.floor(number / 3) % 6).map((at) => team * 5 + at);
        });
        const teams = [...orderSimilar(tableOf(all, 15))].map((row) => (mixed[row] ?? 0) % 3);
        const borders = teams.filter((team, at) => at > 0 && team !== teams[at - 1]).length;
        assert.equal(borders, 2);
      }),
    );
  });
});

describe('a selection of a matrix', () => {
  it('counts what a brute force counts', () => {
    const filters = fc.record({
      right: fc.constantFrom(-1, 0, 1, 2),
      isNested: fc.boolean(),
      groups: fc.constantFrom('', 'g1', 'g2 '),
      people: fc.constantFrom('', 'p1'),
      order: fc.constantFrom('similar', 'name', 'number'),
    });
    fc.assert(
      fc.property(people, filters, (all, chosen) => {
        const filter = { ...everything, ...chosen } as Filter;
        const report = { people: all, groups: groups() };
        const matrix = createMatrix(report, 'en');
        const { rows, columns, columnOf, cells: count } = matrix.select(filter);
        const direct = all.map((one) => closure([{ ...one, is: [] }]));
        const left = [...(chosen.isNested ? closure(all) : new Map())];
        if (!chosen.isNested)
          for (const [who, own] of direct.entries())
            for (const [key, right] of own) left.push([`${who} ${key.split(' ')[1]}`, right]);
        const wanted = left.filter(([key, right]) => {
          const [who, group] = String(key).split(' ');
          return (
            (chosen.right < 0 || right === chosen.right) &&
            `g${group}`.includes(chosen.groups.trim()) &&
            `p${who}`.includes(chosen.people)
          );
        });
        assert.equal(count, wanted.length);
        const seen = (at: 0 | 1) => new Set(wanted.map(([key]) => Number(String(key).split(' ')[at])));
        assert.deepEqual(new Set(rows), seen(0));
        assert.deepEqual(new Set(columns), seen(1));
        assert.ok([...columns].every((group, column) => columnOf[group] === column));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps in sight of which groups not all members are known', () => {
    const matrix = createMatrix({ people: [person('Ana', [0, 0])], groups: groups('denied') }, 'en');
    assert.equal(matrix.select(everything).columns.length, groupCount);
    assert.equal(matrix.select({ ...everything, people: 'ana' }).columns.length, 1);
  });

  it('takes no group for known that holds one that is not', () => {
    const all = [
      person('Ana', [0, 0]),
      person('Nobody knows', [0, 0], { kind: 'group' }),
      // 1 holds 2, which holds 3.
      person('In 1', [1, 0], { kind: 'group', is: [2] }),
      person('In 2', [2, 0], { kind: 'group', is: [3] }),
      // 4 holds 5, and two tenants know that one.
      person('In 4', [4, 0], { kind: 'group', is: [3, 5] }),
      person('In itself', [5, 0], { kind: 'group', is: [5] }),
    ];
    const some = groups().map((group, at) => (at === 3 ? { ...group, state: 'denied' as const } : group));
    const known = createMatrix({ people: all, groups: some }, 'en');
    assert.deepEqual(
      some.map((_, group) => known.isKnown(group)),
      [false, false, false, false, true, true],
    );
    const whole = createMatrix({ people: all.slice(2), groups: groups() }, 'en');
    assert.ok(some.every((_, group) => whole.isKnown(group)));
  });

  it('finds names whatever their case and accents, and by e-mail', () => {
    const all = [person('Žofia Novák', [0, 0], { email: 'zn@contoso.example' }), person('Bob', [0, 0])];
    const matrix = createMatrix({ people: all, groups: groups() }, 'en');
    for (const text of ['zofia', 'NOVÁK ž', 'zn@'])
      assert.deepEqual([...matrix.select({ ...everything, people: text }).rows], [0], text);
  });

  it('orders by name naturally, and by the number of cells', () => {
    const all = [person('P10', [0, 0]), person('P2', [0, 0, 1, 0]), person('P1', [0, 0, 1, 0, 2, 0])];
    const matrix = createMatrix({ people: all, groups: groups() }, 'en');
    assert.deepEqual([...matrix.select({ ...everything, order: 'name' }).rows], [2, 1, 0]);
    assert.deepEqual([...matrix.select({ ...everything, order: 'number' }).rows], [2, 1, 0]);
    assert.deepEqual([...matrix.select({ ...everything, order: 'number' }).columns], [0, 1, 2]);
  });
});

describe('letters of rights', () => {
  it('are those of the names, and none twice', () => {
    assert.deepEqual(lettersOf(['Admin', 'Member', 'Contributor', 'Viewer', '']), ['A', 'M', 'C', 'V', '●']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), (names) => {
        const letters = lettersOf(names);
        assert.equal(new Set(letters).size, names.length);
      }),
    );
  });
});
