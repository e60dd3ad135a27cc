import type { Report } from '../../core/report/report.ts';
import type { Outer } from './effective.ts';

/** A way in: the groups that are passed, at last the one that is reached, and the right there. */
export interface ReportWay {
  readonly groups: readonly number[];
  readonly right: number;
}

/** Ways that are told; where groups are nested criss-cross, there are more than anybody reads. */
const mostWays = 50;

/** Groups that are entered in search of ways. */
const mostEntered = 20_000;

/** All ways by which somebody gets into a group, the shortest first. */
export function waysInto(
  { people }: Pick<Report, 'people'>,
  outer: Outer,
  person: number,
  target: number,
): readonly ReportWay[] {
  const ways: ReportWay[] = [];
  const told = new Set<string>();
  let strongest = Number.POSITIVE_INFINITY;
  let open = steps(people[person]?.cells ?? [], [], target);
  // Level by level, so that the shortest are found first.
  for (let entered = 0; open.length > 0 && entered < mostEntered && ways.length < mostWays; ) {
    const next: ReportWay[] = [];
    for (const way of open) {
      entered++;
      const group = way.groups.at(-1) ?? -1;
      const isRound = way.groups.indexOf(group) < way.groups.length - 1;
      if (!isRound) next.push(...steps(outer[group] ?? [], way.groups, target));
      const mark = JSON.stringify(way);
      // Round in a circle only a stronger right is worth telling.
      if (group !== target || told.has(mark) || (isRound && way.right >= strongest)) continue;
      told.add(mark);
      ways.push(way);
      strongest = Math.min(strongest, way.right);
    }
    open = next.slice(0, mostEntered);
  }
  return ways.slice(0, mostWays);
}

/** The ways that are one group longer. Nobody gets further by passing a group twice, but the last one may be the first. */
function steps(cells: readonly number[], passed: readonly number[], target: number): ReportWay[] {
  const found: ReportWay[] = [];
  for (let i = 0; i < cells.length; i += 2) {
    const group = cells[i] ?? 0;
    if (group === target || !passed.includes(group))
      found.push({ groups: [...passed, group], right: cells[i + 1] ?? 0 });
  }
  return found;
}
