import { settle } from '../../core/completeness.ts';
import { uniqueId } from '../ids.ts';
import { type MembershipRow, membershipColumns, toMemberRow } from '../memberContent.ts';
import { recordChange } from './changes.ts';
import type { WriteContext } from './context.ts';
import { readListing, settleListing } from './listings.ts';
import { type Load, unresolved } from './load.ts';
import { removeMember } from './members.ts';
import { toMembership, upsertMember } from './memberships.ts';

interface UnnamedRow extends MembershipRow {
  readonly grp: number;
  readonly groupId: string;
  readonly sort: string;
  readonly principal: number;
  readonly gen: number;
  readonly pos: number;
}

/**
 * Names the members of a load that are known by id alone and that the directory knows by now, inside a transaction.
 * Answers how many stay unnamed.
 */
export function resolveReferences(context: WriteContext, load: Load): number {
  if (unresolved(load) === 0) return 0;
  const renamed = new Map<number, string>();
  for (const row of unnamedMembers(context, load)) {
    const { grp, groupId, sort, principal, dup, gen, pos } = row;
    const membership = toMembership(context, load.tenant, { ...toMemberRow(row, row.access), isReference: true });
    if (membership.isUnnamed) continue;
    removeMember(context, grp, sort, principal, dup);
    upsertMember(context, grp, membership, dup, gen, pos);
    load.leftPrincipals.add(principal);
    renamed.set(grp, groupId);
    const rowId = load.listing.list === 'members' ? uniqueId(row.id, dup) : groupId;
    const left = (load.unnamed.get(rowId) ?? 0) - 1;
    if (left > 0) load.unnamed.set(rowId, left);
    else load.unnamed.delete(rowId);
  }
  for (const [grp, groupId] of renamed) {
    if (load.listing.list === 'groups') settleAgain(context, load.tenant, grp);
    else recordChange(context.sql, load.listing.tenantId, groupId);
  }
  if (load.listing.list === 'groups' && renamed.size > 0) recordChange(context.sql, load.listing.tenantId);
  return unresolved(load);
}

function unnamedMembers({ sql }: WriteContext, load: Load): UnnamedRow[] {
  const isMembers = load.listing.list === 'members';
  return sql.all<UnnamedRow>(
    `SELECT g.key AS grp, g.id AS groupId, m.sort, m.principal, m.gen, m.pos, ${membershipColumns}
     FROM principal p CROSS JOIN member m ON m.principal = p.key CROSS JOIN grp g ON g.key = m.grp
     WHERE p.tenant = ? AND p.unnamed AND ${isMembers ? 'm.grp = ? AND m.gen = ?' : 'g.tenant = ? AND g.gen = ?'}`,
    load.tenant,
    isMembers ? load.grp : load.tenant,
    load.gen,
  );
}

/** The state of a group's members that came along with the group, once some of them were named. */
function settleAgain(context: WriteContext, tenant: number, grp: number): void {
  const { sql } = context;
  const listing = readListing(sql, tenant, grp);
  // Another state tells of another load.
  if (listing?.state !== 'partial' || listing.kind !== 'notFound') return;
  const left = sql.get<{ count: number }>(
    'SELECT count(*) AS count FROM member m JOIN principal p ON p.key = m.principal WHERE m.grp = ? AND p.unnamed',
    grp,
  );
  settleListing(sql, tenant, grp, {
    settled: settle({ rows: listing.count, malformed: listing.malformed, unresolved: left?.count ?? 0 }),
    count: listing.count,
    malformed: listing.malformed,
    gen: listing.gen,
    isWhole: true,
    now: listing.as_of ?? context.now(),
  });
}
