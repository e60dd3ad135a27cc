import type { WaySlice } from '../../../core/access/found.ts';
import type { Sql } from '../../sql.ts';
import { countUnknownGroups, createNesting, groupsHolding, type Nesting, type Reached } from './nesting.ts';

/** So many ways are told for one principal; where groups are nested criss-cross, there are more than anybody reads. */
const mostPaths = 10_000;

/** Ways handed over at once; to look where one leads takes some queries. */
const sliceWays = 100;

/** A way from the group that a principal is in, past nested ones, to the group that is reached so. */
export interface Way {
  readonly first: Reached & { readonly dup: number };
  readonly at: Reached;
  /** The groups passed. */
  readonly path: readonly Reached[];
}

interface Slice {
  readonly ways: readonly Way[];
  readonly isCut?: true;
}

/** One step of a way: a group reached, and which of the groups behind it were looked at. */
interface Step {
  readonly at: Reached;
  readonly behind: readonly Reached[];
  next: number;
}

export interface Search {
  readonly nesting: Nesting;
  /** The ways that were told: the same directory may be connected twice. */
  readonly told: Set<string>;
}

export function createSearch(sql: Sql): Search {
  return { nesting: createNesting(sql), told: new Set() };
}

/** All ways of a principal, group by group. @param who the same for all principals who are one person */
export function* waysOf(
  sql: Sql,
  { nesting, told }: Search,
  principal: number,
  who: string | number,
): Generator<Slice> {
  let ways: Way[] = [];
  let paths = 0;
  for (const slice of groupsHolding(sql, principal)) {
    for (const first of slice) {
      ways.push({ first, at: first, path: [] });
      const steps: Step[] = [{ at: first, behind: yield* pausing(nesting.groupsWith(first.grp)), next: 0 }];
      const passed = new Set([first.grp]);
      for (let step = steps.at(-1); step; step = steps.at(-1)) {
        const reached = step.behind[step.next++];
        if (!reached || paths >= mostPaths) {
          steps.pop();
          passed.delete(step.at.grp);
          continue;
        }
        // Groups may be in each other: nobody gets further by passing one twice.
        if (passed.has(reached.grp)) continue;
        const way = JSON.stringify([who, reached.grp, reached.access, steps.map(({ at }) => at.groupId)]);
        if (!told.has(way)) {
          told.add(way);
          paths++;
          ways.push({ first, at: reached, path: steps.map(({ at }) => at) });
        }
        passed.add(reached.grp);
        steps.push({ at: reached, behind: yield* pausing(nesting.groupsWith(reached.grp)), next: 0 });
        if (ways.length >= sliceWays) {
          yield { ways };
          ways = [];
        }
      }
      if (ways.length < sliceWays) continue;
      yield { ways };
      ways = [];
    }
    yield { ways };
    ways = [];
  }
  if (paths >= mostPaths) yield { ways: [], isCut: true };
}

/** See `AccessReader.ways`. */
export function* waySlices(sql: Sql, principals: readonly number[]): Generator<WaySlice> {
  const search = createSearch(sql);
  for (const principal of principals) {
    for (const { ways, isCut } of waysOf(sql, search, principal, '')) {
      const found = ways.map(({ at: { tenantId, groupId, groupName, access }, path }) => ({
        principal,
        tenantId,
        groupId,
        groupName,
        ...(access === null ? {} : { accessRight: access }),
        path: path.map((group) => group.groupName),
        passed: path.map((group) => group.groupId.toLowerCase()),
      }));
      yield { ways: found, ...(isCut ? { isCut } : {}) };
    }
  }
  for (const counted of countUnknownGroups(sql)) yield { ways: [], ...counted };
}

/** What slices come to, with a pause for each. */
function* pausing<T>(slices: Generator<void, T>): Generator<Slice, T> {
  for (let step = slices.next(); ; step = slices.next()) {
    if (step.done) return step.value;
    yield { ways: [] };
  }
}
