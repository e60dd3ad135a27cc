import { cancelled } from '../../core/errors.ts';
import type { ReportPeriod } from '../../core/report/report.ts';
import type { SavedSnapshot } from '../../core/savedSnapshots.ts';
import { safeText } from '../../core/text/text.ts';
import type { CommandDeps } from '../command.ts';

/** Snapshots of a tenant that are told of; what is older is for "Compare Snapshots". */
const mostPeriods = 30;

/** What each snapshot changed against the one before, by time. @throws AppError `cancelled` */
export async function readHistory(
  { reader, time }: Pick<CommandDeps, 'reader' | 'time'>,
  tenantIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReportPeriod[]> {
  const periods: { readonly taken: SavedSnapshot; readonly period: ReportPeriod }[] = [];
  for (const [tenant, tenantId] of tenantIds.entries()) {
    const snapshots = reader.snapshots(tenantId).slice(0, mostPeriods + 1);
    for (const [index, taken] of snapshots.entries()) {
      const before = snapshots[index + 1];
      if (!before) continue;
      const counts = { gained: 0, lost: 0, changed: 0, gaps: 0 };
      for await (const { changes, gaps } of reader.compareSnapshots(before.key, taken.key)) {
        if (signal.aborted) throw cancelled();
        counts.gaps += gaps.length;
        for (const { what } of changes) if (what in counts) counts[what as keyof typeof counts] += 1;
      }
      const { memberships, name = '', at } = taken;
      periods.push({ taken, period: { tenant, at: time(at), name: safeText(name), memberships, ...counts } });
    }
  }
  return periods
    .toSorted((one, other) => (one.taken.at < other.taken.at ? -1 : one.taken.at > other.taken.at ? 1 : 0))
    .map(({ period }) => period);
}
