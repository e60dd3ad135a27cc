import type { FindingDetail, FindingRef, IgnoredFinding, Severity } from '../core/findings/findings.ts';
import type { FindingText } from '../core/findings/findingsView.ts';

/** One finding, as every format tells it. */
export interface FindingExportRow {
  readonly severity: Severity | 'off';
  readonly finding: string;
  readonly tenant: string;
  readonly provider: string;
  readonly groupName: string;
  readonly groupId: string;
  readonly principalName: string;
  readonly email: string;
  readonly memberId: string;
  readonly type: string;
  readonly right: string;
  /** How many members, groups or levels. */
  readonly count: number | null;
  /** Nested groups that are passed. */
  readonly through: readonly string[];
  /** Of the group's members. */
  readonly asOf: string;
  readonly completeness: string;
  readonly why: string;
  readonly whatToDo: string;
  /** Empty where it is not ignored. */
  readonly ignoredBecause: string;
  readonly ignoredBy: string;
  readonly ignoredAt: string;
}

interface Told {
  readonly text: FindingText;
  readonly severity: Severity | 'off';
}

export function findingRow(detail: FindingDetail, told: Told): FindingExportRow {
  const { member, target, groupName, count, through = [], asOf = '', state, tenantName, provider } = detail;
  return {
    ...common(detail, told),
    tenant: tenantName,
    provider,
    groupName,
    groupId: target.groupId,
    principalName: member?.name ?? '',
    email: member?.email ?? '',
    type: member?.principalType ?? '',
    count: count ?? null,
    through,
    asOf,
    completeness: state,
    ignoredBecause: '',
    ignoredBy: '',
    ignoredAt: '',
  };
}

export function ignoredRow(ignored: IgnoredFinding, told: Told): FindingExportRow {
  const { tenantName, provider, groupName, groupId, memberName, reason, by, at } = ignored;
  return {
    ...common(ignored, told),
    tenant: tenantName,
    provider,
    groupName,
    groupId,
    principalName: memberName,
    email: '',
    type: '',
    count: null,
    through: [],
    asOf: '',
    completeness: '',
    ignoredBecause: reason,
    ignoredBy: by,
    ignoredAt: at,
  };
}

function common({ memberId, accessRight }: FindingRef, { text, severity }: Told) {
  return {
    severity,
    finding: text.title,
    memberId,
    right: accessRight,
    why: text.why,
    whatToDo: text.advice,
  };
}

/** In the order of the columns, with the widths that a spreadsheet gives them. */
export const findingWidths: Readonly<Record<keyof FindingExportRow, number>> = {
  ...{ severity: 10, finding: 34, tenant: 20, provider: 10, groupName: 30, groupId: 38, principalName: 28, email: 34 },
  ...{ memberId: 38, type: 10, right: 14, count: 8, through: 30, asOf: 25, completeness: 14, why: 60, whatToDo: 60 },
  ...{ ignoredBecause: 40, ignoredBy: 20, ignoredAt: 25 },
};
export const findingColumns = Object.keys(findingWidths) as (keyof FindingExportRow)[];

export function cellsOf(row: FindingExportRow): readonly string[] {
  return findingColumns.map((column) => (column === 'through' ? row.through.join(' → ') : String(row[column] ?? '')));
}
