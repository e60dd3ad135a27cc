import { settle } from '../../core/completeness.ts';
import type { Completeness } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { LoadEnd } from '../../core/store.ts';
import { toCompleteness } from '../completeness.ts';
import { recordChange } from './changes.ts';
import type { WriteContext } from './context.ts';
import { isOvertaken, isVoid, readListing, settleListing } from './listings.ts';
import { isThere, type Load, unresolved } from './load.ts';
import { removeOrphans, sweepPrincipals } from './principals.ts';
import { rememberGroups, rememberMembers } from './removed.ts';

/** Ends a load, inside a transaction: the listing gets its state, and loses what the service has no more. */
export function endLoad(context: WriteContext, load: Load, { error }: LoadEnd): Completeness {
  const { sql } = context;
  const { tenant, grp, gen, listing: key } = load;
  if (!isThere(sql, load)) return { state: 'notLoaded' };
  const before = readListing(sql, tenant, grp);
  const settled = settle({
    rows: load.received,
    malformed: load.malformed,
    // Of a groups load these belong to the members' listings.
    unresolved: key.list === 'members' ? unresolved(load) : 0,
    ...(load.problem ? { problem: load.problem } : {}),
    ...(error ? { error } : {}),
  });
  if (settled.state === 'notLoaded' || isOvertaken(before, gen) || isVoid(before, gen)) {
    dropPrincipals(context, load);
    return toCompleteness(before);
  }

  // Members whose names are unknown did arrive, so their listing is partial and yet whole.
  const isWhole = !error && !load.problem && load.malformed === 0;
  if (isWhole) removeOlder(context, load);
  const { malformed } = load;
  settleListing(sql, tenant, grp, {
    settled,
    count: countRows(context, load),
    malformed,
    gen,
    isWhole,
    now: context.now(),
  });
  if (key.list === 'groups')
    sql.run('UPDATE listing SET asked = ? WHERE tenant = ? AND grp = ?', load.asked, tenant, grp);
  dropPrincipals(context, load);
  if (key.list !== 'directory') recordChange(sql, key.tenantId, key.list === 'members' ? key.groupId : undefined);
  return toCompleteness(readListing(sql, tenant, grp));
}

/** Principals that the load took out of groups, and that are in none any more, go. */
function dropPrincipals({ sql, principals }: WriteContext, load: Load): void {
  if (load.leavesPrincipals) sweepPrincipals(sql, load.tenant);
  else removeOrphans(sql, load.leftPrincipals);
  if (load.leavesPrincipals || load.leftPrincipals.size > 0) principals.clear();
}

/** Removes, and remembers, what earlier loads brought and this one did not. */
function removeOlder(context: WriteContext, load: Load): void {
  const { sql } = context;
  const { tenant, grp, gen } = load;
  if (load.listing.list === 'groups') {
    const removed = sql.all<{ id: string; name: string; kind: number }>(
      'DELETE FROM grp WHERE tenant = ? AND gen < ? RETURNING id, name, kind',
      tenant,
      gen,
    );
    rememberGroups(context, tenant, removed);
    if (removed.length > 0) load.leavesPrincipals = true;
  } else if (load.listing.list === 'members') {
    const removed = sql.all<{ principal: number; dup: number; access: number | null }>(
      'DELETE FROM member WHERE grp = ? AND gen < ? RETURNING principal, dup, access',
      grp,
      gen,
    );
    // Who leaves the list of those in no group loses no access by it.
    if (load.listing.groupId !== noGroupId) rememberMembers(context, grp, removed);
    for (const { principal } of removed) load.leftPrincipals.add(principal);
  } else {
    sql.run('DELETE FROM directory WHERE tenant = ? AND gen < ?', tenant, gen);
  }
}

function countRows({ sql }: WriteContext, { listing, tenant, grp }: Load): number {
  const count = {
    groups: 'SELECT count(*) AS count FROM grp WHERE tenant = ?',
    members: 'SELECT count(*) AS count FROM member WHERE grp = ?',
    directory: 'SELECT count(*) AS count FROM directory WHERE tenant = ?',
  }[listing.list];
  return sql.get<{ count: number }>(count, listing.list === 'members' ? grp : tenant)?.count ?? 0;
}
