import type { MemberFilter } from '../../core/memberFilter.ts';
import { isGuest } from '../../core/model.ts';
import { unpackDetails } from '../details.ts';
import type { Sql } from '../sql.ts';

/** What a filter asks of `member m` and its `principal p`; its values are the JSON of `?4`. */
export function filterCondition(sql: Sql, filter: MemberFilter): string {
  const among = (value: string, part: keyof MemberFilter) =>
    `AND ${value} IN (SELECT value FROM json_each(?4, '$.${part}'))`;
  return [
    // A parameter that nothing names could not be bound.
    'AND ?4 IS NOT NULL',
    filter.rights ? among(rightOf, 'rights') : '',
    filter.principalTypes ? among(typeOf, 'principalTypes') : '',
    filter.guests ? `AND ${guestMark(sql)}` : '',
  ].join(' ');
}

export const rightOf = `coalesce((SELECT text FROM word WHERE key = m.access), '')`;
export const typeOf = '(SELECT text FROM word WHERE key = p.type)';

const knowing = new WeakSet<Sql>();

/** 1 for a guest. Details are unpacked only of those who may be one. */
export function guestMark(sql: Sql): string {
  if (!knowing.has(sql)) {
    sql.db.function('is_guest', { deterministic: true, varargs: true }, (shape, rest, ...values) => {
      const columns = values.map((value) => (value === null ? undefined : String(value)));
      const [, email, identifier = ''] = columns;
      const details = unpackDetails({ shape: String(shape), rest: String(rest) }, [undefined, ...columns]);
      return isGuest({ details, identifier, ...(email === undefined ? {} : { email }) }) ? 1 : 0;
    });
    knowing.add(sql);
  }
  const word = (column: string) => `(SELECT text FROM word WHERE key = p.${column})`;
  // As `memberColumns` orders them.
  const columns = `p.name, p.email, coalesce(p.identifier, p.id), p.id, ${word('type')}, ${word('source')}`;
  return `CASE WHEN instr(lower(p.rest), 'guest')
      OR instr(upper(p.rest || p.id || p.name || coalesce(p.email, '') || coalesce(p.identifier, '')), '#EXT#')
      OR p.shape IN (SELECT key FROM word WHERE text GLOB '*"userType",[0-9]*')
    THEN is_guest(${word('shape')}, p.rest, ${columns}) ELSE 0 END`;
}
