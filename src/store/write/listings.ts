import type { Settled } from '../../core/completeness.ts';
import type { Sql } from '../sql.ts';

/** A row of `listing`. */
export interface ListingRow {
  readonly state: string;
  readonly kind: string | null;
  readonly reason: string | null;
  readonly as_of: string | null;
  readonly retry_at: string | null;
  readonly gen: number;
  readonly whole_gen: number;
  readonly row_gen: number;
  readonly void_gen: number;
  readonly count: number;
  readonly malformed: number;
}

export function readListing(sql: Sql, tenant: number, grp: number): ListingRow | undefined {
  return sql.get<ListingRow>(
    `SELECT state, kind, reason, as_of, retry_at, gen, whole_gen, row_gen, void_gen, count, malformed
     FROM listing WHERE tenant = ? AND grp = ?`,
    tenant,
    grp,
  );
}

/** Numbers a load of a listing: higher than every load of it before, by whichever window. */
export function beginListing(sql: Sql, tenant: number, grp: number): number {
  const row = sql.get<{ gen: number }>(
    `INSERT INTO listing (tenant, grp, state, gen) VALUES (?, ?, 'notLoaded', 1)
     ON CONFLICT DO UPDATE SET gen = gen + 1 RETURNING gen`,
    tenant,
    grp,
  );
  return row?.gen ?? 1;
}

/**
 * Whether a load that began later was read whole, or wrote rows: then those count. Two loads mixed would be neither of
 * them, and yet look whole.
 */
export function isOvertaken(listing: ListingRow | undefined, gen: number): boolean {
  return listing !== undefined && Math.max(listing.whole_gen, listing.row_gen) > gen;
}

/** Whether rows that a load wrote were removed, so that it can never be whole. */
export function isVoid(listing: ListingRow | undefined, gen: number): boolean {
  return listing !== undefined && listing.void_gen >= gen;
}

/** While a load runs its listing is marked as what it is if nobody ever ends the load: after a crash, say. */
export function markUnfinished(
  sql: Sql,
  tenant: number,
  grp: number,
  { count, gen, now }: { readonly count: number; readonly gen: number; readonly now: string },
): void {
  sql.run(
    `UPDATE listing SET state = 'partial', kind = 'cancelled', reason = 'The load did not finish.', retry_at = NULL,
       count = ?1, row_gen = ?2, touched = ?3, as_of = CASE WHEN whole_gen > 0 THEN as_of ELSE ?3 END
     WHERE tenant = ?4 AND grp = ?5`,
    count,
    gen,
    now,
    tenant,
    grp,
  );
}

/** What a load leaves its listing in. */
export interface Ended {
  readonly settled: Settled;
  readonly count: number;
  readonly malformed: number;
  readonly gen: number;
  /** Every row arrived, so what it did not bring is gone. */
  readonly isWhole: boolean;
  /** Its rows came with this very end, rather than with pages before. */
  readonly wroteRows?: boolean;
  readonly now: string;
}

export function settleListing(sql: Sql, tenant: number, grp: number, ended: Ended): void {
  const { settled, count, malformed, gen, isWhole, wroteRows, now } = ended;
  sql.run(
    `INSERT INTO listing
       (tenant, grp, state, kind, reason, retry_at, count, malformed, gen, whole_gen, as_of, row_gen, touched)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, iif(?10, ?9, 0), iif(?10 OR ?7 > 0, ?11, NULL), iif(?12, ?9, 0),
       iif(?12, ?11, NULL))
     ON CONFLICT DO UPDATE SET state = excluded.state, kind = excluded.kind, reason = excluded.reason,
       retry_at = excluded.retry_at, count = excluded.count, malformed = excluded.malformed,
       gen = max(gen, excluded.gen), whole_gen = max(whole_gen, excluded.whole_gen),
       row_gen = max(row_gen, excluded.row_gen), touched = coalesce(excluded.touched, touched),
       as_of = CASE WHEN ?10 OR (whole_gen = 0 AND ?12 AND ?7 > 0) THEN ?11 ELSE as_of END`,
    tenant,
    grp,
    settled.state,
    settled.kind,
    settled.reason,
    settled.retryAt,
    count,
    malformed,
    gen,
    isWhole ? 1 : 0,
    now,
    wroteRows ? 1 : 0,
  );
}
