import { AppError, cancelled } from '../../core/errors.ts';
import { byGravity, type FindingDetail, type FindingId, type FindingRow } from '../../core/findings/findings.ts';
import type { FindingPlan, FindingsView } from '../../core/findings/findingsView.ts';
import type { ReportFinding } from '../../core/report/report.ts';
import type { Target } from '../../core/target.ts';
import { safeText } from '../../core/text/text.ts';
import type { CommandDeps } from '../command.ts';

/** Rows of a finding that are told; the view "Findings" has all. */
const mostRows = 50;

export interface ReadFindings {
  readonly findings: readonly ReportFinding[];
  /** What each row stands for. */
  readonly targets: readonly (readonly Target[])[];
}

/** What is found in the tenants, the gravest first. @throws AppError `cancelled` */
export async function readFindings(
  { reader }: Pick<CommandDeps, 'reader'>,
  view: FindingsView,
  { rules, severities }: FindingPlan,
  tenantIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadFindings> {
  const rows = new Map<FindingId, FindingRow[]>(rules.ids.map((id) => [id, []]));
  let isWhole = false;
  for await (const slice of reader.findings({ ...rules, tenantIds })) {
    if (signal.aborted) throw cancelled();
    for (const row of slice.rows) rows.get(row.finding)?.push(row);
    isWhole ||= slice.end !== undefined;
  }
  if (!isWhole) throw new AppError('notFound', 'Nothing is stored yet.');
  const findings: ReportFinding[] = [];
  const targets: (readonly Target[])[] = [];
  for (const id of byGravity(severities)) {
    const severity = severities[id];
    const found = rows.get(id);
    if (severity === 'off' || !found) continue;
    const details = await reader.findingDetails(found.slice(0, mostRows));
    if (signal.aborted) throw cancelled();
    const isOfMany = tenantIds.length > 1;
    findings.push({
      id,
      severity,
      ...view.text(id),
      count: found.length,
      rows: details.map((one) => line(one, isOfMany)),
    });
    targets.push(details.map(({ target }) => target));
  }
  return { findings, targets };
}

function line(
  { member, groupId, groupName, accessRight, count, through, tenantName }: FindingDetail,
  isOfMany: boolean,
) {
  const email = member?.email;
  return [
    ...(member ? [member.name, ...(email === undefined || email === member.name ? [] : [email])] : []),
    ...(member && groupId === '' ? [] : [groupName]),
    ...(accessRight === '' ? [] : [accessRight]),
    ...(count === undefined ? [] : [String(count)]),
    ...(through ? [through.join(' → ')] : []),
    ...(isOfMany ? [tenantName] : []),
  ]
    .map((part) => safeText(part).trim())
    .filter((part) => part !== '')
    .join(' · ');
}
