import { isGuest } from '../../core/model.ts';
import { hasTerms, type Term, termsOf } from '../../core/searchText.ts';
import type { Finding, FoundGroup, FoundMembership, FoundPrincipal } from '../../core/store.ts';
import { uniqueId } from '../ids.ts';
import { type ContentRow, memberContent, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import { candidates, principalsWithId } from './match.ts';

/** More than anybody reads: then the search is to be narrowed. */
const mostFound = 120;

/** So many that only may be meant are looked at. */
const mostLookedAt = 20_000;

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

/** Nothing for a principal that is only remembered, as it was in a group. */
function readPrincipal(sql: Sql, key: number): FoundPrincipal[] {
  const row = sql.get<PrincipalRow>(
    `SELECT p.key, t.id AS tenantId, p.object, ${memberContent('p')} FROM principal p JOIN tenant t ON t.key = p.tenant
     WHERE p.key = ? AND EXISTS (SELECT 1 FROM member m WHERE m.principal = p.key)`,
    key,
  );
  if (!row) return [];
  const member = toMember({ ...row, dup: 0, access: null });
  const { name, email, principalType } = member;
  const count = sql.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT DISTINCT grp FROM member WHERE principal = ? AND grp > 0 LIMIT ${mostCounted})`,
    key,
  );
  return [
    {
      tenantId: row.tenantId,
      key,
      name,
      principalType,
      isGuest: isGuest(member),
      groups: count?.count ?? 0,
      ...(email === undefined ? {} : { email }),
      ...(row.object === null ? {} : { objectId: row.object }),
    },
  ];
}

function* groups(sql: Sql, terms: readonly Term[]): Generator<Finding> {
  const longest = terms.reduce((one, other) => (other.text.length > one.text.length ? other : one));
  for (const { key, id } of sql.all<{ key: number; id: string }>('SELECT key, id FROM tenant ORDER BY key')) {
    const rows = sql.all<FoundGroup & { readonly folded: string }>(
      `SELECT ?3 AS tenantId, id AS groupId, name, folded FROM grp WHERE tenant = ?1 AND instr(folded, ?2)
       ORDER BY sort_key, key LIMIT ${mostFound}`,
      key,
      longest.text,
      id,
    );
    const found = rows.filter(({ folded }) => hasTerms(folded, terms));
    const isCut = rows.length === mostFound;
    const hits = found.map(({ tenantId, groupId, name }) => ({ tenantId, groupId, name }));
    yield { groups: hits, ...(isCut ? { isCut } : {}) };
  }
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
