import type { KnownPrincipal } from '../../core/access/found.ts';
import { isGuest } from '../../core/model.ts';
import { isGuid } from '../../core/objectId.ts';
import { hasTerms, type Term, termsOf } from '../../core/searchText.ts';
import type { Finding, FoundGroup, FoundMembership, FoundPrincipal } from '../../core/store.ts';
import { uniqueId } from '../ids.ts';
import { type ContentRow, memberContent, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import { candidates, partsQuery, principalsWithId } from './match.ts';

/** More than anybody reads: then the search is to be narrowed. */
const mostFound = 120;

/** So many that only may be meant are looked at. */
const mostLookedAt = 20_000;

/** Groups read at once where no index tells the few that may be meant. */
const groupsAtOnce = 500;

/** Groups of a principal are counted so far. */
const mostCounted = 1000;

type PrincipalRow = ContentRow & { readonly key: number; readonly tenantId: string; readonly object: string | null };

/** Those with the whole id, those with all the terms in name and e-mail, then groups with all of them in their name. */
export function* findSlices(sql: Sql, query: string): Generator<Finding> {
  const terms = termsOf(query);
  if (terms.length === 0) return;
  yield* principals(sql, query.trim(), terms);
  yield* groups(sql, terms);
}

function* principals(sql: Sql, id: string, terms: readonly Term[]): Generator<Finding> {
  const byId = principalsWithId(sql, id);
  const seen = new Set(byId);
  yield { principals: byId.slice(0, mostFound).flatMap((key) => readPrincipal(sql, key)) };
  let lookedAt = 0;
  let found = 0;
  for (const keys of candidates(sql, terms)) {
    const hits: FoundPrincipal[] = [];
    for (const key of keys) {
      if (found >= mostFound || ++lookedAt > mostLookedAt) {
        yield { principals: hits, isCut: true };
        return;
      }
      if (seen.has(key)) continue;
      const folded = sql.get<{ folded: string }>('SELECT folded FROM principal WHERE key = ?', key)?.folded;
      if (folded === undefined || !hasTerms(folded, terms)) continue;
      const hit = readPrincipal(sql, key);
      hits.push(...hit);
      found += hit.length;
    }
    yield { principals: hits };
  }
}

function readPrincipal(sql: Sql, key: number): FoundPrincipal[] {
  return readKnown(sql, key).map(({ id: _, source: __, ...found }) => found);
}

/** Nothing for a principal that is only remembered, as it was in a group. */
export function readKnown(sql: Sql, key: number): KnownPrincipal[] {
  const row = sql.get<PrincipalRow>(
    `SELECT p.key, t.id AS tenantId, p.object, ${memberContent('p')} FROM principal p JOIN tenant t ON t.key = p.tenant
     WHERE p.key = ? AND EXISTS (SELECT 1 FROM member m WHERE m.principal = p.key)`,
    key,
  );
  if (!row) return [];
  const member = toMember({ ...row, dup: 0, access: null });
  const { name, email, principalType, source } = member;
  const count = sql.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT DISTINCT grp FROM member WHERE principal = ? AND grp > 0 LIMIT ${mostCounted})`,
    key,
  );
  return [
    {
      tenantId: row.tenantId,
      key,
      id: row.id,
      name,
      principalType,
      isGuest: isGuest(member),
      groups: count?.count ?? 0,
      ...(source === undefined ? {} : { source }),
      ...(email === undefined ? {} : { email }),
      // A group without a directory's id is known in its tenant alone.
      ...(row.object === null || !isGuid(row.object) ? {} : { objectId: row.object }),
    },
  ];
}

type GroupRow = FoundGroup & { readonly key: number; readonly sortKey: string; readonly folded: string };

const groupColumns = 't.id AS tenantId, g.id AS groupId, g.name, g.key, g.sort_key AS sortKey, g.folded';

function* groups(sql: Sql, terms: readonly Term[]): Generator<Finding> {
  const few = fewGroups(sql, terms);
  if (few) return yield { groups: withAll(few, terms) };
  const tenants = sql.all<{ key: number }>('SELECT key FROM tenant ORDER BY key');
  for (const { key } of tenants) yield* allGroups(sql, key, terms);
}

/** Looks at all groups of a tenant, in the order of their names, until enough are found. */
function* allGroups(sql: Sql, tenant: number, terms: readonly Term[]): Generator<Finding> {
  const longest = terms.reduce((one, other) => (other.text.length > one.text.length ? other : one));
  let found = 0;
  for (let [sortKey, after] = ['', 0]; ; ) {
    const rows = sql.all<GroupRow>(
      `SELECT ${groupColumns} FROM grp g CROSS JOIN tenant t ON t.key = g.tenant
       WHERE g.tenant = ?1 AND (g.sort_key, g.key) > (?2, ?3) AND instr(g.folded, ?4)
       ORDER BY g.sort_key, g.key LIMIT ${groupsAtOnce}`,
      tenant,
      sortKey,
      after,
      longest.text,
    );
    const hits = withAll(rows, terms);
    const isCut = found + hits.length > mostFound;
    yield { groups: hits.slice(0, mostFound - found), ...(isCut ? { isCut } : {}) };
    found += hits.length;
    const last = rows.at(-1);
    if (isCut || rows.length < groupsAtOnce || !last) return;
    [sortKey, after] = [last.sortKey, last.key];
  }
}

/** All that may be meant, by the index of their names; nothing where it tells too many, or nothing. */
function fewGroups(sql: Sql, terms: readonly Term[]): readonly GroupRow[] | undefined {
  const parts = partsQuery(terms.filter(({ isShort }) => !isShort));
  if (parts === '') return undefined;
  const keys = sql.all<{ key: number }>(
    `SELECT rowid AS key FROM group_part WHERE group_part MATCH ? LIMIT ${mostFound + 1}`,
    parts,
  );
  if (keys.length > mostFound) return undefined;
  return sql.all<GroupRow>(
    `SELECT ${groupColumns} FROM json_each(?) j CROSS JOIN grp g ON g.key = j.value CROSS JOIN tenant t ON t.key = g.tenant
     ORDER BY g.tenant, g.sort_key, g.key`,
    JSON.stringify(keys.map(({ key }) => key)),
  );
}

function withAll(rows: readonly GroupRow[], terms: readonly Term[]): readonly FoundGroup[] {
  const found = rows.filter(({ folded }) => hasTerms(folded, terms));
  return found.map(({ tenantId, groupId, name }) => ({ tenantId, groupId, name }));
}

/** See `StoreReader.membershipsOf`. */
export function membershipsOf(sql: Sql, principal: number): readonly FoundMembership[] {
  const rows = sql.all<{
    tenantId: string;
    groupId: string;
    groupName: string;
    id: string;
    dup: number;
    access: string | null;
  }>(
    `SELECT t.id AS tenantId, g.id AS groupId, g.name AS groupName, p.id, m.dup,
       (SELECT text FROM word WHERE key = m.access) AS access
     FROM member m CROSS JOIN principal p ON p.key = m.principal CROSS JOIN grp g ON g.key = m.grp
     CROSS JOIN tenant t ON t.key = g.tenant WHERE m.principal = ? LIMIT ${mostCounted}`,
    principal,
  );
  return rows.map(({ tenantId, groupId, groupName, id, dup, access }) => ({
    tenantId,
    groupId,
    groupName,
    memberId: uniqueId(id, dup),
    ...(access === null ? {} : { accessRight: access }),
  }));
}
