import { AppError } from '../../core/errors.ts';
import { noGroupId } from '../../core/noGroup.ts';
import { directoryListing, groupsListing, noGroupOf } from '../listingKeys.ts';
import type { Sql } from '../sql.ts';
import { recordChange } from './changes.ts';
import { deleteSnapshotsBefore } from './deleteSnapshots.ts';
import { locate } from './load.ts';
import { sweepPast, sweepPrincipals } from './principals.ts';

/** Removes all that was loaded of a tenant, inside of `erase`. @throws AppError `notFound` for a tenant that is gone */
export function removeRows(sql: Sql, tenantId: string): void {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  const tables = [
    'snapshot',
    'past_group',
    'past_gap',
    'grp',
    'directory',
    'removed',
    'principal',
    'word',
    'ignored_finding',
  ];
  for (const table of tables) {
    sql.run(`DELETE FROM ${table} WHERE tenant = ?`, tenant);
  }
  sql.run('DELETE FROM member WHERE grp = ?', noGroupOf(tenant));
  // The rows stay, for their numbers: loads that run, in whichever window, have lost what they wrote.
  sql.run(`UPDATE listing SET ${notLoaded}, void_gen = gen WHERE tenant = ?`, tenant);
  sql.run('DELETE FROM change WHERE tenant = ?', tenantId);
  recordChange(sql, tenantId);
}

/** Removes a tenant's groups with their members, inside of `erase`. What vanished at the service stays remembered. */
export function forgetGroups(sql: Sql, tenantId: string): void {
  const { tenant, grp } = locate(sql, { list: 'groups', tenantId });
  sql.run('DELETE FROM grp WHERE tenant = ?', tenant);
  sql.run(`UPDATE listing SET ${notLoaded}, void_gen = gen WHERE tenant = ? AND grp = ?`, tenant, grp);
  sweepPrincipals(sql, tenant);
  recordChange(sql, tenantId);
}

/** See `StoreWriter.forgetDirectory`. */
export function forgetDirectory(sql: Sql, tenantId: string): void {
  const { tenant, grp } = locate(sql, { list: 'directory', tenantId });
  sql.run('DELETE FROM directory WHERE tenant = ?', tenant);
  // The row stays, for its number: loads that run must not get it again.
  sql.run(`UPDATE listing SET ${notLoaded} WHERE tenant = ? AND grp = ?`, tenant, grp);
}

export function removeAllRows(sql: Sql): void {
  for (const { id } of sql.all<{ id: string }>('SELECT id FROM tenant')) removeRows(sql, id);
}

const notLoaded = `state = 'notLoaded', kind = NULL, reason = NULL, as_of = NULL, retry_at = NULL, touched = NULL,
  count = 0, malformed = 0, whole_gen = 0`;

/** A budget's uses of the last day may still count, whatever is to be forgotten. */
const budgetsKept = 24 * 60 * 60 * 1000;

/**
 * Removes what was last confirmed before that time, inside of `erase`.
 * @throws AppError `invalid` for what is no time
 */
export function forgetOlderThan(sql: Sql, isoTime: string, now: string): void {
  const time = Date.parse(isoTime);
  if (Number.isNaN(time)) throw new AppError('invalid', 'Rows are forgotten by a time, ISO 8601.');
  const before = new Date(time).toISOString();
  sql.run('DELETE FROM removed WHERE at < ?', before);
  deleteSnapshotsBefore(sql, before);
  sql.run('DELETE FROM budget_use WHERE at < ?', Math.min(time, Date.parse(now) - budgetsKept));
  for (const { key, id } of sql.all<{ key: number; id: string }>('SELECT key, id FROM tenant')) {
    // The groups first: their members go with them.
    for (const listing of oldListings(sql, key, before)) forgetListing(sql, { ...listing, tenantId: id, before });
    sweepPast(sql, key);
  }
}

interface OldListing {
  readonly tenant: number;
  readonly grp: number;
  readonly row_gen: number;
  readonly touched: string | null;
  readonly groupId: string | null;
}

function oldListings(sql: Sql, tenant: number, before: string): OldListing[] {
  return sql.all<OldListing>(
    `SELECT l.tenant, l.grp, l.row_gen, l.touched, g.id AS groupId FROM listing l LEFT JOIN grp g ON g.key = l.grp
     WHERE l.tenant = ? AND l.as_of < ? ORDER BY l.grp = ${groupsListing} DESC`,
    tenant,
    before,
  );
}

/**
 * Forgets a listing. What a newer load has brought since then, be it one that runs or one that ended early, stays. A
 * load that loses rows by this is void, or it would end as whole without them.
 */
function forgetListing(sql: Sql, listing: OldListing & { readonly tenantId: string; readonly before: string }): void {
  const { tenant, grp, tenantId, touched, before, groupId } = listing;
  const isStillThere = grp <= 0 || sql.get('SELECT 1 FROM grp WHERE key = ?', grp) !== undefined;
  if (!isStillThere) return;
  const keepsNewest = touched !== null && touched >= before;
  const rows = rowsOf(tenant, grp);
  const below = keepsNewest ? listing.row_gen : Number.MAX_SAFE_INTEGER;
  const newest = sql.get<{ gen: number | null }>(
    `SELECT max(gen) AS gen FROM ${rows.where} AND gen < ?`,
    rows.key,
    below,
  );
  sql.run(`DELETE FROM ${rows.where} AND gen < ?`, rows.key, below);
  const left = sql.get<{ count: number }>(`SELECT count(*) AS count FROM ${rows.where}`, rows.key)?.count ?? 0;
  sql.run(
    `UPDATE listing SET ${left > 0 ? `count = ${left}, as_of = touched, whole_gen = 0` : notLoaded},
       void_gen = max(void_gen, ?) WHERE tenant = ? AND grp = ?`,
    newest?.gen ?? 0,
    tenant,
    grp,
  );
  const changed = grp < directoryListing ? noGroupId : (groupId ?? undefined);
  if (grp !== directoryListing) recordChange(sql, tenantId, changed);
}

function rowsOf(tenant: number, grp: number): { readonly where: string; readonly key: number } {
  if (grp === groupsListing) return { where: 'grp WHERE tenant = ?', key: tenant };
  if (grp === directoryListing) return { where: 'directory WHERE tenant = ?', key: tenant };
  return { where: 'member WHERE grp = ?', key: grp };
}
