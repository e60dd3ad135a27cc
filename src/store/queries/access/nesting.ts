import { isGuid } from '../../../core/objectId.ts';
import type { Sql } from '../../sql.ts';
import { membershipSlices } from '../membershipSlices.ts';

/** A group that somebody reaches, and with which right. */
export interface Reached {
  readonly grp: number;
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly access: string | null;
}

/** How groups are in groups, of which what was asked for is remembered. */
export interface Nesting {
  /** The groups that this one is a member of, in whichever tenant; read in slices, as one group may be in very many. */
  groupsWith(grp: number): Generator<void, readonly Reached[]>;
}

const sliceRows = 1000;

const reached = {
  columns: `t.id AS tenantId, g.id AS groupId, g.name AS groupName, (SELECT text FROM word WHERE key = m.access) AS access`,
  joins: 'CROSS JOIN grp g ON g.key = m.grp CROSS JOIN tenant t ON t.key = g.tenant',
  atOnce: sliceRows,
};

/**
 * The groups that hold a principal, slice by slice, each followed by a pause. Those with the right `None` are left out:
 * that is no access.
 */
export function* groupsHolding(
  sql: Sql,
  principal: number,
): Generator<readonly (Reached & { readonly dup: number })[]> {
  for (const rows of membershipSlices<Reached>(sql, principal, reached))
    yield rows.filter(({ access }) => access !== 'None');
}

export function createNesting(sql: Sql): Nesting {
  const known = new Map<number, readonly Reached[]>();

  function* read(grp: number): Generator<void, readonly Reached[]> {
    const found = new Map<string, Reached>();
    for (const principal of principalsOf(sql, grp)) {
      for (const slice of groupsHolding(sql, principal)) {
        // A group that comes in several guises, or twice with one right, is one way in.
        for (const one of slice) found.set(`${one.grp} ${one.access ?? ''}`, one);
        yield;
      }
    }
    return [...found.values()];
  }

  return {
    *groupsWith(grp) {
      const held = known.get(grp) ?? (yield* read(grp));
      known.set(grp, held);
      return held;
    },
  };
}

/** As whom a group is a member of others: by the same id in its own tenant, by the id of a directory's object anywhere. */
function principalsOf(sql: Sql, grp: number): number[] {
  const group = sql.get<{ tenant: number; object: string }>(
    'SELECT tenant, lower(coalesce(original, id)) AS object FROM grp WHERE key = ?',
    grp,
  );
  if (!group) return [];
  const rows = sql.all<{ key: number; tenant: number }>(
    'SELECT key, tenant FROM principal WHERE is_group AND object = ? ORDER BY key',
    group.object,
  );
  const isAnywhere = isGuid(group.object);
  return rows.filter(({ tenant }) => isAnywhere || tenant === group.tenant).map(({ key }) => key);
}

/** At last the number of groups that are members somewhere and that no tenant knows as a group; before it, pauses. */
export function* countUnknownGroups(sql: Sql): Generator<{ readonly unknownGroups?: number }> {
  let count = 0;
  for (let object = ''; ; ) {
    const nested = sql.all<{ object: string; isUnknown: number }>(
      `SELECT p.object, min(NOT EXISTS (
         SELECT 1 FROM tenant t CROSS JOIN grp g ON g.tenant = t.key
           AND g.id IN (p.object, upper(p.object), coalesce(p.identifier, p.id))
         WHERE t.key = p.tenant OR length(p.object) = 36)) AS isUnknown
       FROM principal p WHERE p.is_group AND p.object > ?
         AND EXISTS (SELECT 1 FROM member m WHERE m.principal = p.key)
       GROUP BY p.object ORDER BY p.object LIMIT ${sliceRows}`,
      object,
    );
    for (const { isUnknown } of nested) count += isUnknown;
    const last = nested.at(-1);
    if (nested.length < sliceRows || !last) {
      yield { unknownGroups: count };
      return;
    }
    object = last.object;
    yield {};
  }
}
