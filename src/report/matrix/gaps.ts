import type { Report } from '../../core/report/report.ts';

/**
 * The groups into which somebody may get without anybody knowing: not all of their members are known, or those of a group
 * in them, or no tenant of the report knows a group in them.
 */
export function groupsWithGaps({ people, groups }: Pick<Report, 'people' | 'groups'>): ReadonlySet<number> {
  const gaps = new Set<number>();
  for (const [group, { state }] of groups.entries()) if (state !== 'complete') gaps.add(group);
  let nested = people.filter(({ kind, is }) => kind === 'group' || is);
  // A gap may be any number of groups further in.
  for (let before = -1; before !== nested.length; ) {
    before = nested.length;
    nested = nested.filter(({ is = [], cells }) => {
      // Of a group that several tenants know, one may know all members.
      if (is.some((inner) => !gaps.has(inner))) return true;
      for (let i = 0; i < cells.length; i += 2) gaps.add(cells[i] ?? 0);
      return false;
    });
  }
  return gaps;
}
