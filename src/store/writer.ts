import { AppError } from '../core/errors.ts';
import type { ListingKey } from '../core/listing.ts';
import type { Decode, DecodedPage, PageRequest } from '../core/provider/provider.ts';
import type { StoreWriter } from '../core/store.ts';
import { type Sql, transaction } from './sql.ts';
import { acceptRows } from './write/acceptRows.ts';
import { askedWith } from './write/askedWith.ts';
import { exhaust, spend } from './write/budgets.ts';
import { logOutcome, logPlan } from './write/changeLog.ts';
import type { WriteContext } from './write/context.ts';
import { deleteSnapshots } from './write/deleteSnapshots.ts';
import { endLoad } from './write/end.ts';
import { erase } from './write/erase.ts';
import { forgetDirectory, forgetOlderThan, removeAllRows, removeRows } from './write/forget.ts';
import { ignoreFindings } from './write/ignoredFindings.ts';
import { beginListing } from './write/listings.ts';
import { type Load, locate, newLoad } from './write/load.ts';
import { writePage } from './write/page.ts';
import { setPinned } from './write/pins.ts';
import { createPrincipals } from './write/principals.ts';
import { resolveReferences } from './write/references.ts';
import { takeSnapshot } from './write/takeSnapshot.ts';
import {
  addTenant,
  nextGeneration,
  removeTenant,
  setAllowsChanges,
  setSession,
  updateTenant,
} from './write/tenants.ts';
import { createWords } from './write/words.ts';

/** The `StoreWriter` as it is where the database is: each call is done when it returns. */
export type Writer = {
  readonly [Name in keyof StoreWriter]: (
    ...args: Parameters<StoreWriter[Name]>
  ) => Awaited<ReturnType<StoreWriter[Name]>>;
};

export interface WriterOptions {
  /** By provider id. */
  readonly decoders: Readonly<Record<string, Decode>>;
  /** A number for each load; never one that an earlier writer of the process used. */
  readonly nextLoadId: () => number;
  readonly now?: () => string;
}

/** Writes to an open, current store. */
export function createWriter(
  sql: Sql,
  { decoders, nextLoadId, now = () => new Date().toISOString() }: WriterOptions,
): Writer {
  const words = createWords(sql);
  let time = now();
  const context: WriteContext = { sql, words, principals: createPrincipals(sql, words), now: () => time };
  const loads = new Map<number, Load>();
  const changeNow = createChange(context);
  const change = <T>(work: () => T): T => {
    // One time a transaction: what is written together is of the same time.
    time = now();
    return changeNow(work);
  };

  const erasing = (work: () => void): void => {
    time = now();
    try {
      erase(sql, work);
    } finally {
      words.clear();
      context.principals.clear();
    }
  };

  const load = (id: number): Load => {
    const found = loads.get(id);
    if (!found) throw new AppError('unavailable', 'The store lost this load: it was begun anew meanwhile.');
    return found;
  };
  const decode = (provider: string, request: PageRequest, bytes: Uint8Array): DecodedPage => {
    const decoder = decoders[provider];
    if (!decoder)
      throw new AppError('invalid', `The provider “${provider}” is not here. Enable the extension that brings it.`);
    return decoder(bytes, request);
  };
  const write = (id: number, page: DecodedPage): ReturnType<Writer['page']> =>
    change(() => writePage(context, load(id), page)).commit();

  return {
    begin: (listing: ListingKey) =>
      change(() => {
        const place = locate(sql, listing);
        const id = nextLoadId();
        const gen = beginListing(sql, place.tenant, place.grp);
        loads.set(id, newLoad(listing, place, gen, askedWith(sql, place.tenant)));
        return id;
      }),
    page: (id, provider, request, bytes) => {
      load(id);
      return write(id, decode(provider, request, bytes));
    },
    decode,
    rows: (id, rows) => write(id, acceptRows(rows)),
    resolveReferences: (id) => change(() => resolveReferences(context, load(id))),
    end: (id, end) => {
      const completeness = change(() => endLoad(context, load(id), end));
      loads.delete(id);
      // It may be large, and is of use while something loads.
      if (loads.size === 0) context.principals.clear();
      return completeness;
    },
    addTenant: (tenant) => change(() => addTenant(sql, tenant)),
    updateTenant: (tenantId, changed) =>
      (changed.forgetsGroups ? erasing : change)(() => updateTenant(sql, tenantId, changed)),
    setSession: (tenantId, session) => change(() => setSession(sql, tenantId, session)),
    nextGeneration: (tenantId, from) => transaction(sql, () => nextGeneration(sql, tenantId, from)),
    removeTenant: (tenantId) => erasing(() => removeTenant(sql, tenantId)),
    removeRows: (tenantId) => erasing(() => removeRows(sql, tenantId)),
    removeAllRows: () => erasing(() => removeAllRows(sql)),
    forgetOlderThan: (isoTime) => erasing(() => forgetOlderThan(sql, isoTime, time)),
    // Not by `change`: nothing of this is held in memory, and other windows spend all the while.
    spend: (budget, limits) => transaction(sql, () => spend(sql, budget, limits, Date.parse(now()))),
    exhaust: (budget, until) => transaction(sql, () => exhaust(sql, budget, Date.parse(until), Date.parse(now()))),
    agreeToHost: (host) => {
      sql.run('INSERT OR IGNORE INTO agreed_host (host) VALUES (?)', host);
    },
    setPinned: (tenantId, groupId, isPinned) => change(() => setPinned(sql, tenantId, groupId, isPinned)),
    ignoreFindings: (findings, note) => change(() => ignoreFindings(context, findings, note)),
    setAllowsChanges: (tenantId, allowsChanges) => change(() => setAllowsChanges(sql, tenantId, allowsChanges)),
    // Not by `change`: nothing of it is held in memory, and nobody listens to it.
    logPlan: (plan) => transaction(sql, () => logPlan(sql, plan, now())),
    logOutcome: (keys, outcome) => transaction(sql, () => logOutcome(sql, keys, outcome, now())),
    forgetDirectory: (tenantId) => change(() => forgetDirectory(sql, tenantId)),
    takeSnapshot: (tenantId, snapshot) => change(() => takeSnapshot(context, tenantId, snapshot)),
    deleteSnapshots: (keys) => erasing(() => deleteSnapshots(sql, keys)),
    close: () => sql.db.close(),
  };
}

/** Runs work as one transaction, and keeps what is held in memory true to the database. */
function createChange({ sql, words, principals }: WriteContext): <T>(work: () => T) => T {
  let seen: number | undefined;
  const forget = (): void => {
    words.clear();
    principals.clear();
  };
  return (work) => {
    try {
      return transaction(sql, () => {
        // Changes only when another connection wrote: it may have removed what is held in memory.
        const version = sql.get<{ data_version: number }>('PRAGMA data_version')?.data_version;
        if (version !== seen) forget();
        seen = version;
        return work();
      });
    } catch (error) {
      forget();
      throw error;
    }
  };
}
