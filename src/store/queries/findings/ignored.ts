import {
  applies,
  type FindingId,
  type FindingRow,
  type FindingRules,
  findingIds,
  type IgnoredFinding,
  subjects,
} from '../../../core/findings/findings.ts';
import { possibleOriginals } from '../../ids.ts';
import type { IgnoredColumns } from '../../ignoredColumns.ts';
import { groupsListing } from '../../listingKeys.ts';
import type { Sql } from '../../sql.ts';
import type { TenantMeaning } from './tenantMeanings.ts';

/** What is ignored, as the rules meet it. */
export interface Ignored {
  /** Whether a row is ignored; then it counts as found. */
  take(row: FindingRow): boolean;
  /** All that is ignored, the newest first. */
  told(): readonly IgnoredFinding[];
}

interface StoredRow extends IgnoredColumns {
  readonly tenant: number;
  readonly grp: number | null;
  readonly groupName: string | null;
}

interface Principal {
  readonly key: number;
  readonly dup: number;
  readonly name: string;
}

export function readIgnored(sql: Sql, tenants: readonly TenantMeaning[], { ids }: FindingRules): Ignored {
  const byMark = new Map<string, number>();
  const taken = new Set<number>();
  const all = storedRows(sql).flatMap((row) => {
    const tenant = tenants.find(({ key }) => key === row.tenant);
    return tenant && isFindingId(row.finding) ? [{ row, finding: row.finding, tenant }] : [];
  });
  const told = all.map(({ row, finding, tenant }, index) => {
    const principals = principalsOf(sql, row);
    for (const mark of marksOf(sql, finding, row, principals)) byMark.set(mark, index);
    return (): IgnoredFinding => {
      const isFound = taken.has(index);
      const isKnown = isFound || (ids.includes(finding) && canBeFound(sql, { row, finding, tenant }));
      return toIgnored(sql, { row, finding, tenant, principals, ...(isKnown ? { isFound } : {}) });
    };
  });
  return {
    take: (row) => {
      const index = byMark.size === 0 ? undefined : byMark.get(markOf(row));
      if (index !== undefined) taken.add(index);
      return index !== undefined;
    },
    told: () => told.map((tell) => tell()),
  };
}

function storedRows(sql: Sql): readonly StoredRow[] {
  return sql.all<StoredRow>(
    `SELECT i.*, g.key AS grp, g.name AS groupName FROM ignored_finding i
     LEFT JOIN grp g ON g.tenant = i.tenant AND g.id = i.group_id ORDER BY i.at DESC, i.group_id, i.member_id`,
  );
}

function isFindingId(text: string): text is FindingId {
  return (findingIds as readonly string[]).includes(text);
}

/** Whoever has that id in the tenant now: the same one may be shown in several ways. */
function principalsOf(sql: Sql, { tenant, member_id }: StoredRow): readonly Principal[] {
  if (member_id === '') return [];
  return possibleOriginals(member_id).flatMap(({ original, duplicate }) =>
    sql
      .all<{ key: number; name: string }>(
        'SELECT key, name FROM principal WHERE tenant = ? AND id = ?',
        tenant,
        original,
      )
      .map((principal) => ({ ...principal, dup: duplicate })),
  );
}

function marksOf(sql: Sql, finding: FindingId, row: StoredRow, principals: readonly Principal[]): readonly string[] {
  const grp = row.grp ?? -1;
  const word = { tenant: row.tenant, text: row.access };
  const access =
    word.text === ''
      ? null
      : (sql.get<{ key: number }>('SELECT key FROM word WHERE tenant = ? AND text = ?', word.tenant, word.text)?.key ??
        -1);
  if (subjects[finding] === 'group') return [markOf({ finding, grp })];
  return principals.map(({ key: principal, dup }) => markOf({ finding, grp, principal, dup, access }));
}

/** Equal for equal findings. */
function markOf({ finding, grp, principal = 0, dup = 0, access = null }: FindingRow): string {
  switch (subjects[finding]) {
    case 'group':
      return `${finding} ${grp}`;
    case 'membership':
      return `${finding} ${grp} ${principal} ${dup} ${access ?? ''}`;
    case 'principal':
      return `${finding} ${principal}`;
  }
}

interface Known {
  readonly row: StoredRow;
  readonly finding: FindingId;
  readonly tenant: TenantMeaning;
  readonly principals: readonly Principal[];
  readonly isFound?: boolean;
}

/** Whether all is known that its absence follows from. */
function canBeFound(sql: Sql, { row, finding, tenant }: Pick<Known, 'row' | 'finding' | 'tenant'>): boolean {
  if (!applies(finding, tenant.access)) return false;
  const isComplete = (grp: number) =>
    sql.get("SELECT 1 FROM listing WHERE tenant = ? AND grp = ? AND state = 'complete'", tenant.key, grp) !== undefined;
  if (row.grp !== null) return isComplete(row.grp);
  // The group is gone, or it is about somebody wherever they are.
  if (subjects[finding] !== 'principal') return isComplete(groupsListing);
  const { unread } = sql.get<{ unread: number }>(
    `SELECT (SELECT count(*) FROM grp WHERE tenant = ?1)
       - (SELECT count(*) FROM listing WHERE tenant = ?1 AND grp > 0 AND state = 'complete') AS unread`,
    tenant.key,
  ) ?? { unread: 1 };
  return isComplete(groupsListing) && unread === 0;
}

function toIgnored(sql: Sql, { row, finding, tenant, principals, isFound }: Known): IgnoredFinding {
  const { group_id: groupId, member_id: memberId } = row;
  const member = principals.flatMap(({ key, dup, name }) => {
    const place = sql.get<{ groupId: string }>(
      `SELECT g.id AS groupId FROM member m CROSS JOIN grp g ON g.key = m.grp
       WHERE m.principal = ?1 AND m.dup = ?2 AND (?3 IS NULL OR m.grp = ?3) LIMIT 1`,
      key,
      dup,
      row.grp,
    );
    return place ? [{ name, target: { tenantId: tenant.id, groupId: place.groupId, memberId } }] : [];
  })[0];
  const group = row.grp === null ? undefined : { tenantId: tenant.id, groupId };
  const target = member?.target ?? group;
  return {
    finding,
    tenantId: tenant.id,
    groupId,
    memberId,
    accessRight: row.access,
    reason: row.reason,
    by: row.ignored_by,
    at: row.at,
    tenantName: tenant.name,
    provider: tenant.provider,
    groupName: row.groupName ?? groupId,
    memberName: principals[0]?.name ?? memberId,
    ...(target ? { target } : {}),
    ...(isFound === undefined ? {} : { isFound }),
  };
}
