import { isGuest } from '../../../core/model.ts';
import { type ContentRow, memberContent, toMember } from '../../memberContent.ts';
import type { Sql } from '../../sql.ts';
import { membershipSlices } from '../membershipSlices.ts';
import type { FindingContext, Found } from './context.ts';
import type { TenantMeaning } from './tenantMeanings.ts';

/** Principals looked at between two turns of other work. */
const keysAtOnce = 5000;

const rowsAtOnce = 1000;

interface Row {
  readonly key: number;
  readonly tenant: number;
  readonly type: number;
  readonly sortKey: string;
  readonly isUnnamed: number;
  readonly isNameless: number;
}

/** What may make a guest of somebody, see `isGuest`: a superset. */
const maybeGuest = `(p.rest LIKE '%guest%' OR p.rest LIKE '%#EXT#%' OR p.id LIKE '%#EXT#%'
  OR p.identifier LIKE '%#EXT#%' OR p.email LIKE '%#EXT#%' OR p.name LIKE 'guest' OR p.source IS NOT NULL
  AND (SELECT text FROM word WHERE key = p.source) LIKE 'guest')`;

/** Neither a name nor an address, of whatever kind: providers put the identifier in the place of a missing name. */
const nameless = `(p.email IS NULL AND (p.name = coalesce(p.identifier, p.id) OR trim(p.name) = '')
  AND instr(coalesce(p.identifier, p.id), '@') = 0)`;

/** Finds what shows who somebody is, and in which groups. Those of a tenant come in the natural order of their names. */
export function* findPrincipals(context: FindingContext): Found {
  const { sql, isWanted } = context;
  if (!isWanted('guestCanEdit', 'everyone', 'nameless')) return;
  const tenants = new Map(context.tenants.map((tenant) => [tenant.key, tenant]));
  const found = new Map<TenantMeaning, Row[]>(context.tenants.map((tenant) => [tenant, []]));
  for (const rows of suspects(sql, context.tenants)) {
    for (const row of rows) {
      const tenant = tenants.get(row.tenant);
      if (tenant) found.get(tenant)?.push(row);
    }
    yield [];
  }
  for (const [tenant, rows] of found) {
    rows.sort((one, other) => (one.sortKey < other.sortKey ? -1 : 1));
    let looked = 0;
    for (const row of rows) {
      if (row.type === tenant.types.everyone) yield* everyone(context, tenant, row);
      else if (isWanted('nameless') && isGone(tenant, row)) yield* namelessRow(sql, tenant, row);
      if (isWanted('guestCanEdit')) yield* guests(context, tenant, row);
      // A suspect that is none is a matter of microseconds.
      if (++looked % 200 === 0) yield [];
    }
  }
}

function* suspects(sql: Sql, tenants: readonly TenantMeaning[]): Generator<readonly Row[]> {
  const last = sql.get<{ key: number | null }>('SELECT max(key) AS key FROM principal')?.key ?? 0;
  const everyones = JSON.stringify(tenants.flatMap(({ types }) => types.everyone ?? []));
  for (let from = 0; from < last; from += keysAtOnce) {
    yield sql.all<Row>(
      `SELECT p.key, p.tenant, p.type, p.sort_key AS sortKey, p.unnamed AS isUnnamed, ${nameless} AS isNameless
       FROM principal p WHERE p.key > ?1 AND p.key <= ?1 + ${keysAtOnce}
         AND (${nameless} OR ${maybeGuest} OR p.type IN (SELECT value FROM json_each(?2)))`,
      from,
      everyones,
    );
  }
}

/** A right for everybody in the organization. That everybody is in a service's own group for everybody is none. */
function* everyone(context: FindingContext, tenant: TenantMeaning, { key: principal }: Row): Found {
  for (const rows of membershipsOf(context.sql, principal, tenant)) {
    yield rows
      .filter(({ access, kind }) => access !== null || kind !== 'builtIn')
      .map(({ grp, dup, access }) => ({ finding: 'everyone', grp, principal, dup, access }));
  }
}

function* guests(context: FindingContext, tenant: TenantMeaning, { key: principal, type }: Row): Found {
  if (tenant.change.size === 0 || type !== tenant.types.user) return;
  const content = context.sql.get<ContentRow>(
    `SELECT ${memberContent('p')} FROM principal p WHERE p.key = ?`,
    principal,
  );
  if (!content || !isGuest(toMember({ ...content, dup: 0, access: null }))) return;
  for (const rows of membershipsOf(context.sql, principal, tenant)) {
    yield rows
      .filter(({ access }) => access !== null && tenant.change.has(access))
      .map(({ grp, dup, access }) => ({ finding: 'guestCanEdit', grp, principal, dup, access }));
  }
}

/** Whether nobody knows who this is any more. An id that could not be looked up says nothing. */
function isGone({ access, hasDirectory, types }: TenantMeaning, { isNameless, isUnnamed, type }: Row): boolean {
  if (!access.namesAll || isNameless === 0) return false;
  return isUnnamed === 0 || (hasDirectory && type === types.user);
}

function* namelessRow(sql: Sql, tenant: TenantMeaning, { key: principal }: Row): Found {
  const groups: { first?: number; last?: number; count: number } = { count: 0 };
  for (const rows of membershipsOf(sql, principal, tenant)) {
    if (groups.count > 0) yield [];
    for (const { grp } of rows) {
      if (grp !== groups.last) groups.count++;
      groups.first ??= grp;
      groups.last = grp;
    }
  }
  if (groups.first === undefined) return;
  yield [{ finding: 'nameless', grp: groups.first, principal, dup: 0, count: groups.count }];
}

const membership = {
  columns: 'm.access, w.text AS kind',
  joins: 'CROSS JOIN grp g ON g.key = m.grp CROSS JOIN word w ON w.key = g.kind',
  atOnce: rowsAtOnce,
};

interface Membership {
  readonly grp: number;
  readonly dup: number;
  readonly access: number | null;
  readonly kind: string;
}

/** The groups that hold a principal, in slices; those left out where its right is no access. */
function* membershipsOf(sql: Sql, principal: number, { none }: TenantMeaning): Generator<readonly Membership[]> {
  for (const rows of membershipSlices<Membership>(sql, principal, membership))
    yield rows.filter(({ access }) => access === null || access !== none);
}
