import { AppError, type ErrorKind } from '../../core/errors.ts';
import type { ListingKey } from '../../core/listing.ts';
import { noGroupId } from '../../core/noGroup.ts';
import { type Claims, noClaims } from '../ids.ts';
import { directoryListing, groupsListing, noGroupOf } from '../listingKeys.ts';
import type { Sql } from '../sql.ts';

/** What a writer remembers of a load under way. */
export interface Load {
  readonly listing: ListingKey;
  readonly tenant: number;
  /** As in `listing.grp`. */
  readonly grp: number;
  readonly gen: number;
  /** See `askedWith`. */
  readonly asked: string | undefined;
  readonly claims: Claims;
  /** Of each page so far that had rows. */
  readonly fingerprints: Set<string>;
  /** How many members are unnamed, by the id of the row that they came with. */
  readonly unnamed: Map<string, number>;
  pages: number;
  /** Rows sent so far, repeated ones included: the next row's place. */
  sent: number;
  received: number;
  malformed: number;
  problem: { readonly kind: ErrorKind; readonly reason: string } | undefined;
  /** Principals that were taken out of a group, and may be in no other. */
  readonly leftPrincipals: Set<number>;
  /** So many were taken out that they were not counted one by one. */
  leavesPrincipals: boolean;
}

/** Where a listing is kept. @throws AppError `notFound` for a tenant or group that is gone */
export function locate(sql: Sql, listing: ListingKey): { readonly tenant: number; readonly grp: number } {
  const tenant = sql.get<{ key: number }>('SELECT key FROM tenant WHERE id = ?', listing.tenantId)?.key;
  if (tenant === undefined) throw new AppError('notFound', 'This tenant is not there any more.');
  if (listing.list === 'members' && listing.groupId === noGroupId) return { tenant, grp: noGroupOf(tenant) };
  if (listing.list !== 'members') return { tenant, grp: listing.list === 'groups' ? groupsListing : directoryListing };
  const grp = sql.get<{ key: number }>('SELECT key FROM grp WHERE tenant = ? AND id = ?', tenant, listing.groupId)?.key;
  if (grp === undefined) throw new AppError('notFound', 'This group is not there any more.');
  return { tenant, grp };
}

export function newLoad(
  listing: ListingKey,
  place: { readonly tenant: number; readonly grp: number },
  gen: number,
  asked?: string,
): Load {
  return {
    listing,
    ...place,
    gen,
    asked,
    claims: noClaims(),
    fingerprints: new Set(),
    unnamed: new Map(),
    leftPrincipals: new Set(),
    pages: 0,
    sent: 0,
    received: 0,
    malformed: 0,
    problem: undefined,
    leavesPrincipals: false,
  };
}

/** Members of the load that are known by id alone. */
export function unresolved(load: Load): number {
  let count = 0;
  for (const number of load.unnamed.values()) count += number;
  return count;
}

/** Whether what a load writes to is still there; keys are never used again, so it is not another's. */
export function isThere(sql: Sql, { tenant, grp }: Load): boolean {
  return grp > 0
    ? sql.get('SELECT 1 FROM grp WHERE key = ?', grp) !== undefined
    : sql.get('SELECT 1 FROM tenant WHERE key = ?', tenant) !== undefined;
}
