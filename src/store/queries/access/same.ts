import type { KnownPrincipal, PrincipalMark, SameSlice } from '../../../core/access/found.ts';
import { isGuid } from '../../../core/objectId.ts';
import { foldText } from '../../../core/text/text.ts';
import { possibleOriginals } from '../../ids.ts';
import type { Sql } from '../../sql.ts';
import { createKnownReader } from '../find.ts';
import { candidates, readFolded } from '../match.ts';

/** Nobody is kept in more guises. */
const mostPrincipals = 1000;

/** See `AccessReader.same`. By the rules of `joinSame`, and in one tenant by its own id too. */
export function* sameSlices(sql: Sql, marks: readonly PrincipalMark[]): Generator<SameSlice> {
  const read = createKnownReader(sql);
  const seen = new Set<number>();
  const asked = new Set<string>();
  const open: PrincipalMark[] = [...marks];
  for (let mark = open.shift(); mark; mark = open.shift()) {
    const question = JSON.stringify(mark);
    if (asked.has(question)) continue;
    asked.add(question);
    for (const keys of keysWith(sql, mark)) {
      const found = read(keys.filter((key) => !seen.has(key))).filter(
        (one) => !('email' in mark) || isMailboxOf(one, mark.email),
      );
      for (const one of found) {
        seen.add(one.key);
        open.push(...marksOf(one));
      }
      if (seen.size >= mostPrincipals) {
        yield { principals: found, isCut: true };
        return;
      }
      yield { principals: found };
    }
  }
}

/** By what of a principal others are known as the same. */
function marksOf({ tenantId, id, objectId, email, principalType }: KnownPrincipal): readonly PrincipalMark[] {
  return [
    { tenantId, id },
    ...(objectId === undefined ? [] : [{ objectId }]),
    ...(email === undefined || principalType !== 'user' ? [] : [{ email: email.toLowerCase() }]),
  ];
}

/** An accent makes another mailbox, though a search looks past it. */
function isMailboxOf({ principalType, email }: KnownPrincipal, wanted: string): boolean {
  return principalType === 'user' && email?.toLowerCase() === wanted.toLowerCase();
}

function* keysWith(sql: Sql, mark: PrincipalMark): Generator<readonly number[]> {
  if ('key' in mark) yield [mark.key];
  else if ('email' in mark) yield* withEmail(sql, foldText(mark.email));
  else if ('objectId' in mark) yield isGuid(mark.objectId) ? withObject(sql, mark.objectId) : [];
  else if ('memberId' in mark) yield atMember(sql, mark);
  else yield withId(sql, mark);
}

function* withEmail(sql: Sql, text: string): Generator<readonly number[]> {
  for (const keys of candidates(sql, [{ text, isShort: false }]))
    yield keys.filter((key) => readFolded(sql, key)?.includes(text));
}

function withObject(sql: Sql, objectId: string): number[] {
  return keysOf(sql.all('SELECT key FROM principal WHERE object = lower(?)', objectId));
}

function withId(sql: Sql, { tenantId, id }: { readonly tenantId: string; readonly id: string }): number[] {
  return keysOf(
    sql.all(
      'SELECT p.key FROM tenant t CROSS JOIN principal p ON p.tenant = t.key AND p.id = ?2 WHERE t.id = ?1',
      tenantId,
      id,
    ),
  );
}

function atMember(
  sql: Sql,
  { tenantId, groupId, memberId }: { readonly tenantId: string; readonly groupId: string; readonly memberId: string },
): number[] {
  for (const { original, duplicate } of possibleOriginals(memberId)) {
    const keys = keysOf(
      sql.all(
        `SELECT p.key FROM tenant t CROSS JOIN principal p ON p.tenant = t.key AND p.id = ?3
         CROSS JOIN member m ON m.principal = p.key AND m.dup = ?4 CROSS JOIN grp g ON g.key = m.grp AND g.id = ?2
         WHERE t.id = ?1`,
        tenantId,
        groupId,
        original,
        duplicate,
      ),
    );
    if (keys.length > 0) return keys;
  }
  // Who is in no group is in none that has a row.
  return possibleOriginals(memberId).flatMap(({ original }) => withId(sql, { tenantId, id: original }));
}

function keysOf(rows: readonly { readonly key: number }[]): number[] {
  return rows.map(({ key }) => key);
}
