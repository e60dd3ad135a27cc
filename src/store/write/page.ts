import { hash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { DecodedPage } from '../../core/provider/provider.ts';
import type { PageOutcome } from '../../core/store.ts';
import { recordChange } from './changes.ts';
import type { WriteContext } from './context.ts';
import { writeDirectoryRow } from './directory.ts';
import { writeGroups } from './groups.ts';
import { isOvertaken, isVoid, markUnfinished, readListing } from './listings.ts';
import { isThere, type Load, unresolved } from './load.ts';
import { type Written, writeMembers } from './members.ts';
import { cleanMember } from './principals.ts';

/** More pages than any tenant has: a listing that goes on beyond does not end. */
const maximumPages = 5000;

/**
 * Writes the rows of a page, inside a transaction. `commit` remembers them once that is through.
 * @throws AppError `notFound` when the tenant or group is gone, `cancelled` when what the load brought was removed
 */
export function writePage(context: WriteContext, load: Load, page: DecodedPage): { commit(): PageOutcome } {
  const { sql } = context;
  if (!isThere(sql, load)) throw new AppError('notFound', 'This tenant or group is not there any more.');
  const sent = (load.listing.list === 'groups' ? page.groups : page.members)?.length ?? 0;
  const listing = readListing(sql, load.tenant, load.grp);
  if (isVoid(listing, load.gen)) throw new AppError('cancelled', 'The rows that this load brought were removed.');
  const isLate = isOvertaken(listing, load.gen);
  const written = sent > 0 && !isLate ? writeRows(context, load, page) : nothingWritten;
  if (sent > 0 && !isLate) {
    const count = (listing?.count ?? 0) + written.added;
    markUnfinished(sql, load.tenant, load.grp, { count, gen: load.gen, now: context.now() });
    const { listing: key } = load;
    if (key.list !== 'directory') recordChange(sql, key.tenantId, key.list === 'members' ? key.groupId : undefined);
  }
  return {
    commit: () => {
      written.commit();
      load.pages++;
      load.sent += sent;
      load.received = isLate || load.listing.list === 'directory' ? load.sent : load.claims.taken.size;
      load.malformed += page.malformed;
      const endless = pagingProblem(load, written.contents, page);
      load.problem ??= page.problem ?? endless;
      const next = endless ? undefined : page.next;
      return { received: load.received, unresolved: unresolved(load), ...(next ? { next } : {}) };
    },
  };
}

const nothingWritten: Written = { added: 0, contents: [], commit() {} };

function writeRows(context: WriteContext, load: Load, page: DecodedPage): Written {
  if (load.listing.list === 'groups') return writeGroups(context, load, page.groups ?? []);
  if (load.listing.list === 'members') return writeMembers(context, load, page.members ?? []);
  let added = 0;
  const rows = (page.members ?? []).map(cleanMember);
  for (const row of rows) {
    if (writeDirectoryRow(context.sql, context.words, load.tenant, load.gen, row)) added++;
  }
  return { added, contents: rows.map((row) => JSON.stringify(row)), commit() {} };
}

/** Why the pages of a load cannot be trusted to come to an end, or to be the whole listing. */
function pagingProblem(load: Load, contents: readonly string[], page: DecodedPage): Load['problem'] {
  if (contents.length > 0 || page.malformed > 0) {
    // Of a page that cannot be read at all, all that is known is how many rows it has.
    const fingerprint = hash('sha1', contents.join('\n') || `${page.malformed} unreadable`);
    if (load.fingerprints.has(fingerprint))
      return { kind: 'badResponse', reason: 'The service sent the same page twice.' };
    load.fingerprints.add(fingerprint);
  }
  if (page.next && load.pages >= maximumPages) {
    return { kind: 'badResponse', reason: `The service sent ${maximumPages} pages, and there were more.` };
  }
  return undefined;
}
