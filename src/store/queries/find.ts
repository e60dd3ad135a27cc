import type { KnownPrincipal } from '../../core/access/found.ts';
import { isGuid } from '../../core/objectId.ts';
import type { Finding, FoundGroup, FoundMembership, FoundPrincipal } from '../../core/store.ts';
import { hasTerms, type Term, termsOf } from '../../core/text/searchText.ts';
import { uniqueId } from '../ids.ts';
import { createMemberMapper, type StoredMembership } from '../snapshotMember.ts';
import type { Sql } from '../sql.ts';
import { candidates, partsQuery, principalsWithId, startsQuery } from './match.ts';

/** More than anybody reads: then the search is to be narrowed. */
const mostFound = 120;

/** So many that only may be meant are looked at. */
const mostLookedAt = 20_000;

/** Groups read at once where no index tells the few that may be meant. */
const groupsAtOnce = 500;

/** Groups of a principal are counted so far. */
const mostCounted = 1000;

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
  const read = createKnownReader(sql);
  yield { principals: read(byId.slice(0, mostFound)).map(withoutOrigin) };
  let lookedAt = 0;
  let found = 0;
  for (const keys of candidates(sql, terms)) {
    const rows = sql.tuples<readonly [key: number, folded: string]>(
      'SELECT p.key, p.folded FROM json_each(?) j CROSS JOIN principal p ON p.key = j.value',
      JSON.stringify(keys),
    );
    const meant = rows
      .slice(0, mostLookedAt - lookedAt)
      .flatMap(([key, folded]) => (seen.has(key) || !hasTerms(folded, terms) ? [] : key));
    lookedAt += rows.length;
    // Some of them may be remembered only, so that more have to be read than are told.
    const hits: FoundPrincipal[] = [];
    for (let at = 0; at < meant.length && found + hits.length <= mostFound; at += mostFound + 1)
      hits.push(...read(meant.slice(at, at + mostFound + 1)).map(withoutOrigin));
    const isCut = found + hits.length > mostFound || lookedAt > mostLookedAt;
    yield { principals: hits.slice(0, mostFound - found), ...(isCut ? { isCut } : {}) };
    if (isCut) return;
    found += hits.length;
  }
}

function withoutOrigin({ id: _, source: __, ...found }: KnownPrincipal): FoundPrincipal {
  return found;
}

type KnownRow = readonly [...StoredMembership, key: number, tenantId: string, object: string | null, groups: number];

/** Reads principals, in the order of their keys that are given; those are left out that are only remembered, as they were in a group. */
export function createKnownReader(sql: Sql): (keys: readonly number[]) => KnownPrincipal[] {
  const toMember = createMemberMapper(sql);
  return (keys) => {
    const rows = sql.tuples<KnownRow>(
      `SELECT NULL, p.id, 0, NULL, p.name, p.email, p.identifier, p.type, p.source, p.shape, p.rest, p.key, t.id, p.object,
         (SELECT count(*) FROM (SELECT DISTINCT grp FROM member WHERE principal = p.key AND grp > 0 LIMIT ${mostCounted}))
       FROM json_each(?) j CROSS JOIN principal p ON p.key = j.value CROSS JOIN tenant t ON t.key = p.tenant
       WHERE EXISTS (SELECT 1 FROM member m WHERE m.principal = p.key)`,
      JSON.stringify(keys),
    );
    return rows.map((row) => {
      const [, id] = row;
      // What is selected stands above; a type cannot be counted from its end.
      const [key, tenantId, object, groups] = row.slice(-4) as unknown as [number, string, string | null, number];
      const { name, email, principalType, source, isGuest } = toMember(row as unknown as StoredMembership);
      return {
        tenantId,
        key,
        id,
        name,
        principalType,
        isGuest,
        groups,
        ...(source === undefined ? {} : { source }),
        ...(email === undefined ? {} : { email }),
        // A group without a directory's id is known in its tenant alone.
        ...(object === null || !isGuid(object) ? {} : { objectId: object }),
      };
    });
  };
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

/** All that may be meant, by the indexes of their names; nothing where these tell too many, or nothing. */
function fewGroups(sql: Sql, terms: readonly Term[]): readonly GroupRow[] | undefined {
  const long = terms.filter(({ isShort }) => !isShort);
  const [table, query] = long.length > 0 ? ['group_part', partsQuery(long)] : ['group_start', startsQuery(terms)];
  if (query === '') return undefined;
  const keys = sql.all<{ key: number }>(
    `SELECT rowid AS key FROM ${table} WHERE ${table} MATCH ? LIMIT ${mostFound + 1}`,
    query,
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
