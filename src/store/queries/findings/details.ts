import { type FindingDetail, type FindingMember, type FindingRow, subjects } from '../../../core/findings/findings.ts';
import { isGuest, type ListingState } from '../../../core/model.ts';
import { type MembershipRow, membershipColumns, toMember } from '../../memberContent.ts';
import type { Sql } from '../../sql.ts';

interface GroupRow {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly provider: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly groupKind: string;
  readonly state: ListingState | null;
  readonly asOf: string | null;
}

/** What is to be shown of findings; those whose rows are gone meanwhile are left out. */
export function findingDetails(sql: Sql, rows: readonly FindingRow[]): readonly FindingDetail[] {
  return rows.flatMap((row) => detailOf(sql, row) ?? []);
}

function detailOf(
  sql: Sql,
  { finding, grp, principal, dup = 0, count, through }: FindingRow,
): FindingDetail | undefined {
  const group = sql.get<GroupRow>(
    `SELECT t.id AS tenantId, t.name AS tenantName, t.provider, g.id AS groupId, g.name AS groupName,
       (SELECT text FROM word WHERE key = g.kind) AS groupKind, l.state, l.as_of AS asOf
     FROM grp g CROSS JOIN tenant t ON t.key = g.tenant LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key
     WHERE g.key = ?`,
    grp,
  );
  const member = principal === undefined ? undefined : memberOf(sql, grp, principal, dup);
  if (!group || (principal !== undefined && !member)) return undefined;
  const { tenantId, groupId, state, asOf, ...told } = group;
  const isOfMany = subjects[finding] === 'principal';
  return {
    ...told,
    finding,
    tenantId,
    groupId: isOfMany ? '' : groupId,
    memberId: member?.id ?? '',
    accessRight: isOfMany ? '' : (member?.accessRight ?? ''),
    target: { tenantId, groupId, ...(member ? { memberId: member.id } : {}) },
    ...(member ? { member: member.shown } : {}),
    ...(count === undefined ? {} : { count }),
    ...(through ? { through: through.map((key) => nameOf(sql, key)) } : {}),
    state: state ?? 'notLoaded',
    ...(asOf === null ? {} : { asOf }),
  };
}

interface Shown {
  readonly id: string;
  readonly accessRight?: string;
  readonly shown: FindingMember;
}

/** A finding of somebody wherever they are names no number: any of their rows in the group is theirs. */
function memberOf(sql: Sql, grp: number, principal: number, dup: number): Shown | undefined {
  const row = sql.get<MembershipRow>(
    `SELECT ${membershipColumns} FROM principal p CROSS JOIN member m ON m.principal = p.key AND m.grp = ?2
     WHERE p.key = ?1 ORDER BY m.dup = ?3 DESC LIMIT 1`,
    principal,
    grp,
    dup,
  );
  if (!row) return undefined;
  const member = toMember(row);
  const { id, name, email, identifier, principalType, accessRight } = member;
  return {
    id,
    ...(accessRight === undefined ? {} : { accessRight }),
    shown: {
      name,
      identifier,
      principalType,
      isGuest: isGuest(member),
      ...(email === undefined ? {} : { email }),
    },
  };
}

function nameOf(sql: Sql, grp: number): string {
  return sql.get<{ name: string }>('SELECT name FROM grp WHERE key = ?', grp)?.name ?? '';
}
