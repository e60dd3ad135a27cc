import type { Access, Member } from '../../../core/model.ts';
import type { AccessSlice } from '../../../core/store.ts';
import { foldText } from '../../../core/text/text.ts';
import { type ContentRow, type MembershipRow, memberContent, toMember } from '../../memberContent.ts';
import type { Sql } from '../../sql.ts';
import { candidates, principalsWithId, readFolded } from '../match.ts';
import { countUnknownGroups } from './nesting.ts';
import { createSearch, type Search, type Way, waysOf } from './ways.ts';

/**
 * What the principals that a search means reach, directly and through nested groups, over all tenants; principal by
 * principal, group by group. A group that is reached in several ways comes once for each of them.
 */
export function* accessSlices(sql: Sql, query: string): Generator<AccessSlice> {
  const search = createSearch(sql);
  for (const keys of matchingPrincipals(sql, query)) {
    // Where nobody matches, too, other work gets its turn.
    yield { items: [] };
    for (const key of keys) yield* accessOf(sql, search, key);
  }
  for (const counted of countUnknownGroups(sql)) yield { items: [], ...counted };
}

/** Those with this whole id, then those with the text in name or e-mail. */
function* matchingPrincipals(sql: Sql, query: string): Generator<readonly number[]> {
  const text = query.trim();
  if (text === '') return;
  const byId = principalsWithId(sql, text);
  yield byId;
  const term = { text: foldText(text), isShort: false };
  for (const keys of candidates(sql, [...term.text].length < 3 ? [] : [term])) {
    const among = keys.filter((key) => !byId.includes(key));
    yield among.filter((key) => readFolded(sql, key)?.includes(term.text));
  }
}

function* accessOf(sql: Sql, search: Search, principal: number): Generator<AccessSlice> {
  const content = readContent(sql, principal);
  if (!content) return;
  let [first, member]: [Way['first'] | undefined, Member | undefined] = [undefined, undefined];
  for (const { ways, isCut } of waysOf(sql, search, principal, content.object ?? principal)) {
    const items = ways.map((way): Access => {
      if (way.first !== first || !member) [first, member] = [way.first, memberOf(content, way.first)];
      const { tenantId, groupId, groupName, access } = way.at;
      const shown = way.path.length === 0 ? member : withRight(member, access);
      return { tenantId, groupId, groupName, member: shown, path: way.path.map((group) => group.groupName) };
    });
    yield { items, ...(isCut ? { isCut } : {}) };
  }
}

function readContent(sql: Sql, principal: number): (ContentRow & { readonly object: string | null }) | undefined {
  return sql.get(`SELECT p.object, ${memberContent('p')} FROM principal p WHERE p.key = ?`, principal);
}

function memberOf(
  content: ContentRow,
  { dup, access }: { readonly dup: number; readonly access: string | null },
): Member {
  const row: MembershipRow = { ...content, dup, access };
  return toMember(row);
}

/** The member as it is in the first group, with the right that the last one gives. */
function withRight({ accessRight: _, ...member }: Member, access: string | null): Member {
  return access === null ? member : { ...member, accessRight: access };
}
