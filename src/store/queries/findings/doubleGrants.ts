import type { FindingRow } from '../../../core/findings/findings.ts';
import type { Sql } from '../../sql.ts';
import { createSplitMap, type SplitMap } from '../splitMap.ts';
import type { FindingContext, Found } from './context.ts';
import { beforeAll, bySize, isNoneOf, type Place, placeBehind, valuesOf } from './memberSlices.ts';
import type { NestingGraph } from './nesting.ts';
import { createPersons, type Persons } from './persons.ts';

/** Steps between two turns of other work: some milliseconds. */
const stepsAtOnce = 5000;

interface Direct {
  readonly principal: number;
  readonly dup: number;
  readonly access: number | null;
  /** Groups inside of others that hold the same person. */
  readonly groups: readonly number[];
}

/** Finds who is in a group directly and by a group in it. */
export function* findDoubleGrants(context: FindingContext, { inside, around }: NestingGraph): Found {
  const { sql } = context;
  const persons = createPersons(sql, new Set(context.tenants.flatMap(({ types }) => types.user ?? [])));
  const groupsOf = yield* groupsOfPersons(context, [...around.keys()], persons);
  const direct = yield* directMembers(context, [...inside.keys()], persons, groupsOf);
  const found = new Map<number, Map<Direct, FindingRow>>();
  for (const grp of direct.keys()) found.set(grp, new Map());
  let steps = 0;
  for (const [inner, outers] of around) {
    const within = new Set([inner]);
    for (const group of within) for (const next of inside.get(group) ?? []) within.add(next);
    steps += within.size;
    for (const grp of outers) {
      const known = found.get(grp);
      for (const one of direct.get(grp) ?? []) {
        steps += one.groups.length;
        // By a round a group may be in itself; that is no other way.
        if (known?.has(one) || !one.groups.some((group) => group !== grp && within.has(group))) continue;
        const { principal, dup, access } = one;
        known?.set(one, { finding: 'doubleGrant', grp, principal, dup, access, through: [inner] });
      }
      if (steps < stepsAtOnce) continue;
      steps = 0;
      yield [];
    }
  }
  for (const rows of found.values()) if (rows.size > 0) yield [...rows.values()];
}

type GroupsOf = Pick<SplitMap<number, readonly number[]>, 'get'>;

/** Of each person the groups that hold them, of those that are in groups. */
function* groupsOfPersons(
  context: FindingContext,
  groups: readonly number[],
  persons: Persons,
): Generator<readonly FindingRow[], GroupsOf> {
  const groupsOf = createSplitMap<number, number[]>();
  for (const rows of memberships(context, groups)) {
    persons.add(rows.map(([, principal]) => principal));
    for (const [grp, principal] of rows) {
      const person = persons.get(principal);
      if (person === undefined) continue;
      const held = groupsOf.get(person);
      if (held) held.push(grp);
      else groupsOf.set(person, [grp]);
    }
    yield [];
  }
  return groupsOf;
}

/** Of each group with groups in it the members who are in some group inside of others, too. */
function* directMembers(
  context: FindingContext,
  groups: readonly number[],
  persons: Persons,
  groupsOf: GroupsOf,
): Generator<readonly FindingRow[], ReadonlyMap<number, readonly Direct[]>> {
  const direct = new Map<number, Direct[]>();
  for (const rows of memberships(context, groups)) {
    persons.find(rows.map(([, principal]) => principal));
    for (const [grp, principal, dup, access] of rows) {
      const person = persons.get(principal);
      const own = person === undefined ? undefined : groupsOf.get(person);
      if (!own) continue;
      const held = direct.get(grp);
      const one = { principal, dup, access, groups: own };
      if (held) held.push(one);
      else direct.set(grp, [one]);
    }
    yield [];
  }
  return direct;
}

type Membership = readonly [grp: number, principal: number, dup: number, access: number | null];

/** All members of groups in slices, but for those whose right is no access. */
function* memberships({ sql, tenants }: FindingContext, groups: readonly number[]): Generator<readonly Membership[]> {
  const hasAccess = isNoneOf(tenants.flatMap((tenant) => tenant.none ?? []));
  for (let at = 0; at < groups.length; at += 1000) {
    const counted = sql.all<{ key: number; count: number }>(
      `SELECT j.value AS key, ifnull(l.count, 0) AS count FROM json_each(?) j CROSS JOIN grp g ON g.key = j.value
       LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key`,
      JSON.stringify(groups.slice(at, at + 1000)),
    );
    for (const slice of bySize(counted)) {
      const [only] = slice;
      if (only && slice.length === 1) yield* ofOneGroup(sql, only.key, hasAccess);
      else
        yield sql.tuples<Membership>(
          `SELECT ${columns} FROM json_each(?1) j CROSS JOIN member m ON m.grp = j.value AND ${hasAccess}`,
          JSON.stringify(slice.map(({ key }) => key)),
        );
    }
  }
}

const columns = 'm.grp, m.principal, m.dup, m.access';

function* ofOneGroup(sql: Sql, grp: number, hasAccess: string): Generator<readonly Membership[]> {
  for (let after: Place | undefined = beforeAll; after; ) {
    const until: Place | undefined = placeBehind(sql, grp, after);
    yield sql.tuples<Membership>(
      `SELECT ${columns} FROM member m WHERE m.grp = ?1 AND ${hasAccess} AND (m.sort, m.principal, m.dup) > (?2, ?3, ?4)
         ${until ? 'AND (m.sort, m.principal, m.dup) <= (?5, ?6, ?7)' : ''}`,
      grp,
      ...valuesOf(after),
      ...(until ? valuesOf(until) : []),
    );
    after = until;
  }
}
