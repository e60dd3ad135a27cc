import type { FieldValues, FindingRow } from '../../../core/findings/findings.ts';
import { groupColumns } from '../../columns.ts';
import { unpackDetails } from '../../details.ts';
import type { Sql } from '../../sql.ts';
import { createAdministered } from './administered.ts';
import type { FindingContext, Found } from './context.ts';
import { memberSlices } from './memberSlices.ts';
import type { TenantMeaning } from './tenantMeanings.ts';

/** A group as the rules see it. */
export interface GroupFacts {
  readonly key: number;
  readonly tenant: TenantMeaning;
  /** The id by which other groups have it as a member, see `objectIdOf`. */
  readonly object: string;
}

interface Row {
  readonly key: number;
  readonly sortKey: string;
  readonly object: string;
  readonly kind: string;
  readonly name: string;
  readonly state: string | null;
  readonly isWhole: number;
  readonly count: number | null;
}

const groupsAtOnce = 1000;

/** Finds what single groups show. Returns all groups, tenant by tenant, in the natural order of their names. */
export function* findInGroups(context: FindingContext): Generator<readonly FindingRow[], readonly GroupFacts[]> {
  const groups: GroupFacts[] = [];
  for (const tenant of context.tenants) {
    const administered = createAdministered(context.rules.mostAdministered);
    for (const rows of groupSlices(context.sql, tenant.key)) {
      for (const { key, object } of rows) groups.push({ key, tenant, object });
      yield [...sizes(context, tenant, rows)];
      yield* administrators(context, tenant, rows, administered.add);
    }
    yield administered.rows();
  }
  return groups;
}

/** The groups of a tenant in slices. */
function* groupSlices(sql: Sql, tenant: number): Generator<readonly Row[]> {
  for (let [sortKey, after] = ['', 0]; ; ) {
    const rows = sql.all<Row>(
      `SELECT g.key, g.sort_key AS sortKey, lower(coalesce(g.original, g.id)) AS object, w.text AS kind, g.name,
         l.state, l.whole_gen = l.gen AS isWhole, l.count
       FROM grp g CROSS JOIN word w ON w.key = g.kind LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key
       WHERE g.tenant = ?1 AND (g.sort_key, g.key) > (?2, ?3) ORDER BY g.sort_key, g.key LIMIT ${groupsAtOnce}`,
      tenant,
      sortKey,
      after,
    );
    yield rows;
    const last = rows.at(-1);
    if (rows.length < groupsAtOnce || !last) return;
    [sortKey, after] = [last.sortKey, last.key];
  }
}

/** What the number of a group's members shows, where that is known. */
function* sizes(
  { sql, rules, isWanted }: FindingContext,
  tenant: TenantMeaning,
  rows: readonly Row[],
): Generator<FindingRow> {
  const { administrators: meant } = tenant.access;
  for (const { key, kind, name, state, isWhole, count } of rows) {
    if (state === 'complete' && count === 0 && kind !== 'personalWorkspace' && isWanted('emptyGroup')) {
      if (!isOneOf(sql, key, tenant.access.untold)) yield { finding: 'emptyGroup', grp: key };
    }
    // Where only names are missing, all members are there.
    const isCounted = state === 'complete' || (state === 'partial' && isWhole === 1);
    const isMeant = kind === meant?.kind && name.trim().toLowerCase() === meant.name.toLowerCase();
    if (isCounted && isMeant && (count ?? 0) > rules.mostBuiltInAdmins) {
      yield { finding: 'builtInAdmins', grp: key, count: count ?? 0 };
    }
  }
}

/** Who is found in a group with a right that administers it, or one of which nobody knows what it allows. */
interface Admins {
  /** By the id that tells them apart. */
  readonly who: Set<string>;
  hasUnknown: boolean;
  /** Whether the last of them is one person, app or robot, as far as is known. */
  isSingle: boolean;
}

function* administrators(
  context: FindingContext,
  tenant: TenantMeaning,
  groups: readonly Row[],
  count: (admin: { readonly who: string; readonly principal: number; readonly grp: number }) => void,
): Found {
  const { sql, isWanted } = context;
  const hasRights = tenant.access.rights !== undefined;
  if (!isWanted('noAdmin', 'oneAdmin', 'appAdmin', 'adminOfMany', 'orphanedPersonal')) return;
  const byGroup = new Map<number, Admins>();
  const { app, user, robot } = tenant.types;
  for (const members of hasRights ? memberSlices(sql, groups, [...tenant.lesser]) : []) {
    const found: FindingRow[] = [];
    for (const { grp, principal, dup, access, type, who } of members) {
      const admins = byGroup.get(grp) ?? { who: new Set(), hasUnknown: false, isSingle: false };
      byGroup.set(grp, admins);
      if (access === null || !tenant.admin.has(access)) {
        admins.hasUnknown = true;
        continue;
      }
      admins.who.add(who);
      admins.isSingle = type === user || type === app || type === robot;
      if (type === app) found.push({ finding: 'appAdmin', grp, principal, dup, access });
      count({ who, principal, grp });
    }
    yield found;
  }
  yield groups.flatMap((group) => lacks(context, tenant, group, byGroup.get(group.key)));
}

/** What a group has too little of. */
function lacks({ sql }: FindingContext, tenant: TenantMeaning, group: Row, admins?: Admins): FindingRow[] {
  const { access } = tenant;
  const isKnown = group.state === 'complete' && access.rights !== undefined && !admins?.hasUnknown;
  const number = admins?.who.size ?? 0;
  if (group.kind === 'personalWorkspace') {
    const lacksOwner = isKnown && number === 0;
    const isOrphaned = lacksOwner || isOneOf(sql, group.key, access.ownerless);
    return isOrphaned ? [{ finding: 'orphanedPersonal', grp: group.key }] : [];
  }
  if (!isKnown || number > 1 || !access.administered?.includes(group.kind)) return [];
  if (number === 1 && !admins?.isSingle) return [];
  if (isOneOf(sql, group.key, access.untold)) return [];
  return [{ finding: number === 0 ? 'noAdmin' : 'oneAdmin', grp: group.key }];
}

/** Whether a group's details have one of the values. */
function isOneOf(sql: Sql, grp: number, values: FieldValues | undefined): boolean {
  if (!values) return false;
  const row = sql.get<{ id: string; name: string; kind: string; shape: string; rest: string }>(
    `SELECT coalesce(g.original, g.id) AS id, g.name, k.text AS kind, s.text AS shape, g.rest
     FROM grp g CROSS JOIN word k ON k.key = g.kind CROSS JOIN word s ON s.key = g.shape WHERE g.key = ?`,
    grp,
  );
  if (!row) return false;
  const details = unpackDetails(row, groupColumns(row));
  return Object.entries(values).some(([key, some]) => some.some((value) => details[key] === value));
}
