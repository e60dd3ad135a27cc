import type { Group } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import { type Identified, isGuid, objectIdOf } from '../../core/objectId.ts';
import type { GroupQuery, GroupSummary, GroupWithMembers, PageOptions } from '../../core/store.ts';
import { foldText } from '../../core/text/text.ts';
import { groupColumns } from '../columns.ts';
import { type ListingStateRow, listingColumns, toCompleteness } from '../completeness.ts';
import { unpackDetails } from '../details.ts';
import type { Sql } from '../sql.ts';
import { readCompleteness } from './listings.ts';
import type { PagedQuery, Pages } from './pages.ts';
import { pinnedKeys } from './pins.ts';

/** What `groupContent` selects. */
export interface GroupContentRow {
  readonly tenantId: string;
  readonly groupId: string;
  readonly original: string | null;
  readonly groupName: string;
  readonly groupKind: string;
  readonly groupShape: string;
  readonly groupRest: string;
}

/** The columns of `grp g` and `tenant t` that make a group. */
export const groupContent = `t.id AS tenantId, g.id AS groupId, g.original, g.name AS groupName,
  (SELECT text FROM word WHERE key = g.kind) AS groupKind, (SELECT text FROM word WHERE key = g.shape) AS groupShape,
  g.rest AS groupRest`;

/** A group as views show it. `details.id` is the service's id where a `~2` may stand behind `id`. */
export function toGroup(row: GroupContentRow): Group {
  const { tenantId, groupId: id, groupName: name, groupKind: kind } = row;
  const original = row.original ?? id;
  const packed = { shape: row.groupShape, rest: row.groupRest };
  const details = unpackDetails(packed, groupColumns({ id: original, name, kind }));
  return { id, tenantId, name, kind, details: details.id === original ? details : { ...details, id: original } };
}

type GroupListingRow = GroupContentRow & ListingStateRow & { readonly isPinned: number };

export function readGroup(sql: Sql, tenantId: string, groupId: string): GroupWithMembers | undefined {
  if (groupId === noGroupId) return readNoGroup(sql, tenantId);
  const row = sql.get<GroupListingRow>(
    `SELECT ${groupContent}, ${listingColumns}, g.key IN (SELECT value FROM json_each(t.pins)) AS isPinned
     FROM tenant t JOIN grp g ON g.tenant = t.key AND g.id = ?
     LEFT JOIN listing l ON l.tenant = t.key AND l.grp = g.key WHERE t.id = ?`,
    groupId,
    tenantId,
  );
  return row && { ...toGroup(row), members: toCompleteness(row), ...(row.isPinned ? { isPinned: true } : {}) };
}

/** There for every tenant, though no row of `grp` says so. */
function readNoGroup(sql: Sql, tenantId: string): GroupWithMembers | undefined {
  if (!sql.get('SELECT 1 FROM tenant WHERE id = ?', tenantId)) return undefined;
  const members = readCompleteness(sql, { list: 'members', tenantId, groupId: noGroupId });
  return { id: noGroupId, tenantId, name: 'In no group', kind: 'noGroup', details: {}, members };
}

/** A member that is a group, as the group that a tenant knows: its own first, or any that knows a directory's id. */
export function readGroupOf(
  sql: Sql,
  tenantId: string,
  member: Identified,
): { readonly tenantId: string; readonly groupId: string } | undefined {
  const object = objectIdOf(member) ?? member.identifier;
  return sql.get(
    `SELECT t.id AS tenantId, g.id AS groupId FROM tenant t CROSS JOIN grp g ON g.tenant = t.key AND g.id IN (?2, ?3, ?4)
     WHERE t.id = ?1 OR ?5 ORDER BY t.id = ?1 DESC, t.key LIMIT 1`,
    tenantId,
    object,
    object.toUpperCase(),
    member.identifier,
    isGuid(object) ? 1 : 0,
  );
}

// Part of the name, or the whole id: parts of ids would match nearly every filter.
const matches = '(instr(folded, ?2) OR id = ?3 COLLATE NOCASE OR original = ?3 COLLATE NOCASE)';
const ofTenant = 'tenant = (SELECT key FROM tenant WHERE id = ?1)';

function filterValues(tenantId: string, filter: string | undefined): string[] {
  const text = filter?.trim();
  return text ? [tenantId, foldText(text), text] : [tenantId];
}

interface SummaryRow extends ListingStateRow {
  readonly id: string;
  readonly name: string;
  readonly groupKind: string;
  readonly sort_key: string;
  readonly key: number;
}

/** Of groups whose keys are in `page`: only what a view shows. */
const readSummaries = (page: string) =>
  `SELECT g.sort_key, g.key, g.id, g.name, w.text AS groupKind, ${listingColumns}
   FROM (${page}) page JOIN grp g ON g.key = page.key JOIN word w ON w.key = g.kind
   LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key ORDER BY g.sort_key, g.key`;

/**
 * A page in the natural order of names, pinned groups first. The index alone finds which rows; only those are read, and
 * of them only what a view shows: unpacking the details of ten thousand rows takes ten times as long as reading them.
 */
export function readGroups(pages: Pages, tenantId: string, { filter, limit, offset }: GroupQuery): GroupSummary[] {
  const values = filterValues(tenantId, filter);
  const meant = `${ofTenant} ${values.length > 1 ? `AND ${matches}` : ''}`;
  const pinned = pages.sql.all<SummaryRow>(
    readSummaries(`SELECT key FROM ${pinnedKeys} j CROSS JOIN grp ON grp.key = j.value WHERE ${meant}`),
    ...values,
  );
  const first = pinned.slice(offset, offset + limit);
  const query: PagedQuery<SummaryRow> = {
    id: JSON.stringify(['groups', ...values]),
    read: (page, behind) =>
      pages.sql.all(
        readSummaries(`SELECT key FROM grp WHERE ${meant} ${pinned.length > 0 ? `AND key NOT IN ${pinnedKeys}` : ''}
          ${behind ? 'AND (sort_key, key) > (?6, ?7)' : ''} ORDER BY sort_key, key LIMIT ?4 OFFSET ?5`),
        tenantId,
        values[1],
        values[2],
        page.limit,
        page.offset,
        ...(behind ?? []),
      ),
    placeOf: ({ sort_key, key }) => [sort_key, key],
  };
  const others = { offset: Math.max(0, offset - pinned.length), limit: limit - first.length };
  return [
    ...first.map((row) => ({ ...toSummary(tenantId, row), isPinned: true as const })),
    ...(others.limit > 0 ? pages.read(query, others).map((row) => toSummary(tenantId, row)) : []),
  ];
}

function toSummary(tenantId: string, row: SummaryRow): GroupSummary {
  return { id: row.id, tenantId, name: row.name, kind: row.groupKind, members: toCompleteness(row) };
}

export function countGroups(sql: Sql, tenantId: string, filter?: string): number {
  const values = filterValues(tenantId, filter);
  const where = `${ofTenant} ${values.length > 1 ? `AND ${matches}` : ''}`;
  return sql.get<{ count: number }>(`SELECT count(*) AS count FROM grp WHERE ${where}`, ...values)?.count ?? 0;
}

/** A page in the order of the service, the newest load first. Its index is so small that an offset costs little. */
export function readGroupsAsSent(sql: Sql, tenantId: string, { limit, offset }: PageOptions): Group[] {
  return sql
    .all<GroupContentRow>(
      `SELECT ${groupContent}
       FROM (SELECT key FROM grp WHERE ${ofTenant} ORDER BY gen DESC, pos, key LIMIT ?2 OFFSET ?3) page
       JOIN grp g ON g.key = page.key JOIN tenant t ON t.key = g.tenant ORDER BY g.gen DESC, g.pos, g.key`,
      tenantId,
      limit,
      offset,
    )
    .map(toGroup);
}
