import { hash } from 'node:crypto';
import { objectIdOf } from '../../core/objectId.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { searchText } from '../../core/text/searchText.ts';
import { sortKey } from '../../core/text/text.ts';
import { cleanText, memberColumns, sortPrefix } from '../columns.ts';
import { packDetails } from '../details.ts';
import type { Sql } from '../sql.ts';
import { createPrincipalMemory, type Principal } from './principalMemory.ts';
import { indexPrincipal } from './searchIndex.ts';
import type { Words } from './words.ts';

/** Contents of members, each kept once a tenant. */
export interface Principals {
  /** The principal that shows what `row` shows, the access right aside. */
  intern(tenant: number, row: MemberRow): Principal;
  /** Forgets what is held in memory, as `Words.clear`. */
  clear(): void;
}

/** A row's texts as SQLite gives them back. */
export function cleanMember(row: MemberRow): MemberRow {
  const { email, source, accessRight } = row;
  return {
    ...row,
    id: cleanText(row.id),
    name: cleanText(row.name),
    identifier: cleanText(row.identifier),
    principalType: cleanText(row.principalType),
    ...(email === undefined ? {} : { email: cleanText(email) }),
    ...(source === undefined ? {} : { source: cleanText(source) }),
    ...(accessRight === undefined ? {} : { accessRight: cleanText(accessRight) }),
  };
}

/** 48 bits of a hash: a whole number that both JavaScript and SQLite hold exactly. */
export function contentHash(content: string): number {
  return Number.parseInt(hash('sha1', content).slice(0, 12), 16);
}

/** Texts as one, such that different lists of texts never come out the same. */
export function joinContent(texts: readonly (string | undefined)[]): string {
  let joined = '';
  for (const text of texts) joined += text === undefined ? '-' : `${text.length}:${text}`;
  return joined;
}

export function createPrincipals(sql: Sql, words: Words): Principals {
  const remembered = createPrincipalMemory();

  function store(tenant: number, row: MemberRow, sorted: string): number {
    const { id, name, email, identifier, principalType, source, isReference } = row;
    const { shape, rest } = packDetails(row.details, memberColumns(row));
    const unnamed = isReference ? 1 : 0;
    const number = contentHash(
      joinContent([name, email, identifier, principalType, source, String(unnamed), shape, rest]),
    );
    const found = sql.get<{ key: number }>(
      'SELECT key FROM principal WHERE tenant = ? AND id = ? AND hash = ?',
      tenant,
      id,
      number,
    );
    if (found) return found.key;
    const folded = searchText(name, email);
    const key = sql.insert(
      `INSERT INTO principal
         (tenant, id, hash, unnamed, folded, sort_key, name, email, identifier, type, source, object, is_group, shape, rest)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      tenant,
      id,
      number,
      unnamed,
      folded,
      sorted,
      name,
      email,
      identifier === id ? undefined : identifier,
      words.key(tenant, principalType),
      source === undefined ? undefined : words.key(tenant, source),
      objectIdOf(row),
      principalType === 'group' ? 1 : 0,
      words.key(tenant, shape),
      rest,
    );
    indexPrincipal(sql, key, folded);
    return key;
  }

  return {
    intern: (tenant, sent) => {
      const known = remembered.find(tenant, sent);
      if (known) return known;
      const row = cleanMember(sent);
      const sorted = sortKey(row.name);
      const principal = { key: store(tenant, row, sorted), id: row.id, sort: sortPrefix(sorted) };
      remembered.add(tenant, sent, principal);
      return principal;
    },
    clear: () => remembered.clear(),
  };
}

const isOrphan = `NOT EXISTS (SELECT 1 FROM member WHERE member.principal = principal.key)
  AND NOT EXISTS (SELECT 1 FROM removed WHERE removed.principal = principal.key)`;

/** A snapshot may show anybody who was there before it. */
const isInNoSnapshot = 'NOT EXISTS (SELECT 1 FROM snapshot WHERE snapshot.tenant = principal.tenant)';

/** Removes a tenant's principals that are in no group any more and that nothing remembers. */
export function sweepPrincipals(sql: Sql, tenant: number): void {
  sql.run(`DELETE FROM principal WHERE tenant = ? AND ${isOrphan} AND ${isInNoSnapshot}`, tenant);
}

/** The same of `keys` alone. */
export function removeOrphans(sql: Sql, keys: Iterable<number>): void {
  for (const key of keys) sql.run(`DELETE FROM principal WHERE key = ? AND ${isOrphan} AND ${isInNoSnapshot}`, key);
}

/** As `sweepPrincipals`, where snapshots are kept: also who is in none of them. Reads all of them. */
export function sweepPast(sql: Sql, tenant: number): void {
  sql.run(
    `DELETE FROM principal WHERE tenant = ?1 AND ${isOrphan} AND key NOT IN (
       SELECT m.principal FROM past_group g CROSS JOIN past_member m ON m.grp = g.key WHERE g.tenant = ?1)`,
    tenant,
  );
}
