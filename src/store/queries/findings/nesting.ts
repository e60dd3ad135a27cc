import { type FindingRow, mostLevels } from '../../../core/findings/findings.ts';
import { isGuid } from '../../../core/objectId.ts';
import type { Sql } from '../../sql.ts';
import { membershipSlices } from '../membershipSlices.ts';
import type { FindingContext, Found } from './context.ts';
import type { GroupFacts } from './inGroups.ts';
import { createLevels } from './levels.ts';

/** Which groups are in which, over all tenants, by their keys. */
export interface NestingGraph {
  /** Groups that have groups in them, in the order of all groups, with those groups. */
  readonly inside: ReadonlyMap<number, readonly number[]>;
  /** Groups that are in groups, with those. */
  readonly around: ReadonlyMap<number, readonly number[]>;
  /** The place of each group among all. */
  readonly order: ReadonlyMap<number, number>;
}

const rowsAtOnce = 1000;

const groupsAtOnce = 5000;

/** Reads how groups are in groups; as `createNesting` reads it of single ones. */
export function* readNesting(
  { sql, tenants }: FindingContext,
  groups: readonly GroupFacts[],
): Generator<readonly FindingRow[], NestingGraph> {
  const nested = yield* readNestedPrincipals(sql);
  const none = new Map(tenants.map((tenant) => [tenant.key, tenant.none]));
  const order = new Map<number, number>();
  const inside = new Map<number, number[]>();
  const around = new Map<number, number[]>();
  for (const { key, tenant, object } of groups) {
    order.set(key, order.size);
    if (order.size % groupsAtOnce === 0) yield [];
    const found = new Set<number>();
    for (const principal of nested.get(object) ?? []) {
      if (principal.tenant !== tenant.key && !isGuid(object)) continue;
      for (const slice of groupsAround(sql, principal.key, none.get(principal.tenant))) {
        for (const grp of slice) found.add(grp);
        yield [];
      }
    }
    if (found.size === 0) continue;
    around.set(key, [...found]);
    for (const grp of found) append(inside, grp, key);
  }
  yield [];
  const ordered = new Map<number, readonly number[]>();
  for (const [at, { key }] of groups.entries()) {
    const held = inside.get(key);
    if (held) ordered.set(key, held);
    if (at % groupsAtOnce === 0) yield [];
  }
  return { inside: ordered, around, order };
}

/** Finds rounds of groups, and groups that people reach through many. */
export function* findNesting(graph: NestingGraph): Found {
  const levels = createLevels(graph.inside);
  while (!levels.isDone()) {
    levels.work();
    yield [];
  }
  yield levels.rounds().map((round) => ({ finding: 'nestingCycle', ...startingFirst(graph, round) }));
  let rows: FindingRow[] = [];
  for (const grp of graph.inside.keys()) {
    const count = levels.below(grp);
    if (count > mostLevels) rows.push({ finding: 'deepNesting', grp, count, through: levels.longestWay(grp) });
    if (rows.length < rowsAtOnce) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/** The same round, whichever of its groups was met first. */
function startingFirst({ order }: NestingGraph, round: readonly number[]): Pick<FindingRow, 'grp' | 'through'> {
  const placed = round.map((grp) => order.get(grp) ?? 0);
  const start = placed.indexOf(Math.min(...placed));
  const turned = [...round.slice(start), ...round.slice(0, start)];
  const [grp = 0] = turned;
  return { grp, through: [...turned.slice(1), grp] };
}

interface NestedPrincipal {
  readonly key: number;
  readonly tenant: number;
}

/** Groups that are shown as members, by the id of the group that they are. */
function* readNestedPrincipals(
  sql: Sql,
): Generator<readonly FindingRow[], ReadonlyMap<string, readonly NestedPrincipal[]>> {
  const byObject = new Map<string, NestedPrincipal[]>();
  for (let [object, key] = ['', 0]; ; ) {
    const rows = sql.all<NestedPrincipal & { readonly object: string }>(
      `SELECT key, tenant, object FROM principal WHERE is_group AND (object, key) > (?, ?)
       ORDER BY object, key LIMIT ${rowsAtOnce}`,
      object,
      key,
    );
    for (const row of rows) append(byObject, row.object, row);
    const last = rows.at(-1);
    if (rows.length < rowsAtOnce || !last) return byObject;
    [object, key] = [last.object, last.key];
    yield [];
  }
}

/** The groups that hold a principal with some right; each followed by a pause. */
function* groupsAround(sql: Sql, principal: number, none: number | undefined): Generator<readonly number[]> {
  const wanted = { columns: 'm.access', atOnce: rowsAtOnce };
  for (const rows of membershipSlices<{ access: number | null }>(sql, principal, wanted))
    yield rows.flatMap(({ grp, access }) => (grp > 0 && (access === null || access !== none) ? grp : []));
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
