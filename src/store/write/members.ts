import type { MemberRow } from '../../core/provider/rows.ts';
import { assignIds, duplicateNumber, noClaims, possibleOriginals, uniqueId } from '../ids.ts';
import type { WriteContext } from './context.ts';
import type { Load } from './load.ts';
import { identified, insertMembers, type Membership, toMembership, upsertMember } from './memberships.ts';
import { rememberMembers } from './removed.ts';

/** What writing rows came to. `commit` remembers it, once the transaction is through. */
export interface Written {
  /** Rows that the listing did not hold. */
  readonly added: number;
  /** Equal for equal pages. */
  readonly contents: readonly string[];
  commit(): void;
}

/** Writes a page of a group's members. */
export function writeMembers(context: WriteContext, load: Load, rows: readonly MemberRow[]): Written {
  const memberships = rows.map((row) => toMembership(context, load.tenant, row));
  const rowsWithIds = identified(memberships);
  const { ids, commit } = assignIds(rowsWithIds, load.claims);
  const removed = new Set<number>();
  let added = 0;
  memberships.forEach((membership, index) => {
    const id = ids[index] ?? membership.original;
    if (mergeMember(context, load, membership, id, load.sent + index, removed)) added++;
  });
  return {
    added,
    contents: rowsWithIds.map(({ content }) => String(content)),
    commit: () => {
      commit();
      for (const principal of removed) load.leftPrincipals.add(principal);
      memberships.forEach(({ isUnnamed }, index) => {
        const id = ids[index] ?? '';
        if (isUnnamed) load.unnamed.set(id, 1);
        else load.unnamed.delete(id);
      });
    },
  };
}

interface Place {
  readonly tenant: number;
  readonly grp: number;
  readonly gen: number;
}

/** Writes a member in place of the one that has its unique id now. Answers whether there was none. */
function mergeMember(
  context: WriteContext,
  place: Place,
  membership: Membership,
  id: string,
  pos: number,
  removed: Set<number>,
): boolean {
  const duplicate = duplicateNumber(id, membership.original);
  let isNew = true;
  for (const candidate of possibleOriginals(id)) {
    const held = context.sql.all<{ sort: string; principal: number }>(
      `SELECT m.sort, m.principal FROM principal p CROSS JOIN member m ON m.principal = p.key AND m.grp = ?
       WHERE p.tenant = ? AND p.id = ? AND m.dup = ?`,
      place.grp,
      place.tenant,
      candidate.original,
      candidate.duplicate,
    );
    for (const { sort, principal } of held) {
      isNew = false;
      if (principal === membership.principal) continue;
      removeMember(context, place.grp, sort, principal, candidate.duplicate);
      removed.add(principal);
    }
  }
  upsertMember(context, place.grp, membership, duplicate, place.gen, pos);
  return isNew;
}

/** Takes a member out of a group. Its principal stays until the load ends: a later page may show it again. */
export function removeMember(context: WriteContext, grp: number, sort: string, principal: number, dup: number): void {
  context.sql.run(
    'DELETE FROM member WHERE grp = ? AND sort = ? AND principal = ? AND dup = ?',
    grp,
    sort,
    principal,
    dup,
  );
}

export interface EmbeddedMembers {
  readonly count: number;
  readonly unnamed: number;
  /** Members that the group had are not there any more. */
  readonly removedSome: boolean;
}

/**
 * Writes the members that came along with their group. They replace those held, unless some could not be read: then
 * what is held may well be among those.
 */
export function writeEmbeddedMembers(
  context: WriteContext,
  place: Place,
  rows: readonly MemberRow[],
  held: number,
  keepsHeld: boolean,
): EmbeddedMembers {
  const { sql } = context;
  const { grp, gen } = place;
  const memberships = rows.map((row) => toMembership(context, place.tenant, row));
  const ids = embeddedIds(memberships);
  const idOf = (index: number, { original }: Membership): string => ids?.[index] ?? original;
  let unnamed = 0;
  for (const { isUnnamed } of memberships) if (isUnnamed) unnamed++;
  if (keepsHeld && held > 0) {
    memberships.forEach((row, index) => {
      mergeMember(context, place, row, idOf(index, row), index, new Set());
    });
    const count = sql.get<{ count: number }>('SELECT count(*) AS count FROM member WHERE grp = ?', grp)?.count ?? 0;
    return { count, unnamed, removedSome: true };
  }
  const numbers = ids && memberships.map((row, index) => duplicateNumber(idOf(index, row), row.original));
  if (held > 0 && isHeld(context, grp, memberships, numbers))
    return { count: rows.length, unnamed, removedSome: false };
  if (held > 0)
    rememberMembers(context, grp, missing(context, grp, new Set(memberships.map((row, i) => idOf(i, row)))));
  const removedSome = held > 0 && sql.run('DELETE FROM member WHERE grp = ?', grp) > 0;
  insertMembers(sql, grp, gen, memberships, numbers);
  return { count: rows.length, unnamed, removedSome };
}

/** The members of a group that are not among those of these unique ids. */
function missing({ sql }: WriteContext, grp: number, ids: ReadonlySet<string>): Parameters<typeof rememberMembers>[2] {
  return sql
    .all<{ id: string; principal: number; dup: number; access: number | null }>(
      `SELECT p.id, m.principal, m.dup, m.access FROM member m CROSS JOIN principal p ON p.key = m.principal
       WHERE m.grp = ?`,
      grp,
    )
    .filter(({ id, dup }) => !ids.has(uniqueId(id, dup)));
}

/** The unique ids of one group's members; nothing when those of the service are unique. */
function embeddedIds(memberships: readonly Membership[]): readonly string[] | undefined {
  const distinct = new Set(memberships.map(({ original }) => original));
  return distinct.size === memberships.length ? undefined : assignIds(identified(memberships), noClaims()).ids;
}

/** Whether a group holds just these members in this order: a refresh mostly finds what is there. */
function isHeld(
  { sql }: WriteContext,
  grp: number,
  memberships: readonly Membership[],
  numbers?: readonly number[],
): boolean {
  const held = sql.get<{ text: string | null }>(
    `SELECT group_concat(principal || '/' || dup || '/' || ifnull(access, ''), ' ') AS text
     FROM (SELECT principal, dup, access FROM member WHERE grp = ? ORDER BY gen DESC, pos)`,
    grp,
  );
  const sent = memberships.map(
    ({ principal, access }, index) => `${principal}/${numbers?.[index] ?? 0}/${access ?? ''}`,
  );
  return held?.text === sent.join(' ');
}
