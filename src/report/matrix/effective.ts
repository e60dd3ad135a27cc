import type { Report } from '../../core/report/report.ts';

/** Who has which right where, directly or through groups in groups; rows one after the other. */
export interface Effective {
  /** Where each person's cells begin; one more at the end. */
  readonly starts: Int32Array;
  readonly groups: Int32Array;
  /** The strongest by any way. */
  readonly rights: Int32Array;
  /** The strongest that is given directly; -1 for none. */
  readonly own: Int32Array;
}

type Grants = Pick<Report, 'people' | 'groups'>;

/** What members of a group get elsewhere: a group, a right, a group, a right … */
export type Outer = readonly (readonly number[])[];

/** Which groups hold each group, and with which right. */
export function outerGroups({ people, groups }: Grants): Outer {
  const outer: number[][] = groups.map(() => []);
  for (const { is = [], cells } of people) for (const inner of is) outer[inner]?.push(...cells);
  return outer;
}

export function effectiveAccess(grants: Grants, outer: Outer = outerGroups(grants)): Effective {
  const { people } = grants;
  const reached = createReached(outer);
  const starts = new Int32Array(people.length + 1);
  const groups: number[] = [];
  const rights: number[] = [];
  const owned: number[] = [];
  for (const [person, { cells }] of people.entries()) {
    const own = new Map<number, number>();
    for (let i = 0; i < cells.length; i += 2) keepStronger(own, cells[i] ?? 0, cells[i + 1] ?? 0);
    const all = new Map(own);
    for (const group of own.keys()) for (const [far, right] of reached(group)) keepStronger(all, far, right);
    for (const [group, right] of all) {
      groups.push(group);
      rights.push(right);
      owned.push(own.get(group) ?? -1);
    }
    starts[person + 1] = groups.length;
  }
  return {
    starts,
    groups: Int32Array.from(groups),
    rights: Int32Array.from(rights),
    own: Int32Array.from(owned),
  };
}

/** The groups that a group's members get into by being in it, each with the strongest right. */
function createReached(outer: Outer): (group: number) => ReadonlyMap<number, number> {
  const known = new Map<number, ReadonlyMap<number, number>>();
  return (group) => {
    const held = known.get(group);
    if (held) return held;
    const found = new Map<number, number>();
    // Groups may be in each other.
    const seen = new Set([group]);
    const open = [group];
    for (let inner = open.pop(); inner !== undefined; inner = open.pop()) {
      const next = outer[inner] ?? [];
      for (let i = 0; i < next.length; i += 2) {
        const far = next[i] ?? 0;
        keepStronger(found, far, next[i + 1] ?? 0);
        if (seen.has(far)) continue;
        seen.add(far);
        open.push(far);
      }
    }
    known.set(group, found);
    return found;
  };
}

/** Rights stand with the strongest first. */
function keepStronger(rights: Map<number, number>, group: number, right: number): void {
  const known = rights.get(group);
  if (known === undefined || right < known) rights.set(group, right);
}
