import type { Sql } from '../../sql.ts';
import { createSplitMap } from '../splitMap.ts';

/** Who principals are, over all tenants: numbers, equal for those who are the same, see `joinSame`. Groups are nobody. */
export interface Persons {
  /** Reads who these are; those who were not known are known from then on. */
  add(principals: readonly number[]): void;
  /** Reads which of these are known already. */
  find(principals: readonly number[]): void;
  get(principal: number): number | undefined;
}

/** `own`: where nothing else tells who it is. */
type Row = readonly [key: number, object: string | null, email: string | null, type: number, own: string | null];

/** @param users the types that are users: others may share a mailbox */
export function createPersons(sql: Sql, users: ReadonlySet<number>): Persons {
  /** -1 for nobody. */
  const byPrincipal = createSplitMap<number, number>();
  const byMark = createSplitMap<string, number>();

  const personOf = (mark: string | null): number | undefined => (mark === null ? undefined : byMark.get(mark));

  function read(principals: readonly number[], addsNew: boolean): void {
    const unread = [...new Set(principals)].filter((key) => !byPrincipal.has(key));
    if (unread.length === 0) return;
    const rows = sql.tuples<Row>(
      `SELECT p.key, p.object, p.email, p.type, iif(p.object IS NULL, p.tenant || ' ' || p.id, NULL)
       FROM json_each(?) j CROSS JOIN principal p ON p.key = j.value WHERE NOT p.is_group`,
      JSON.stringify(unread),
    );
    for (const key of unread) byPrincipal.set(key, -1);
    for (const [key, object, sent, type, own] of rows) {
      const email = sent !== null && users.has(type) ? sent.toLowerCase() : null;
      const known = personOf(object) ?? personOf(email) ?? personOf(own);
      if (known === undefined && !addsNew) continue;
      const person = known ?? key;
      byPrincipal.set(key, person);
      if (!addsNew) continue;
      for (const mark of [object, email, own]) if (mark !== null && !byMark.has(mark)) byMark.set(mark, person);
    }
  }

  return {
    add: (principals) => read(principals, true),
    find: (principals) => read(principals, false),
    get: (principal) => {
      const person = byPrincipal.get(principal);
      return person === -1 ? undefined : person;
    },
  };
}
