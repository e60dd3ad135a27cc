import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type ErrorKind, isAppError } from '../core/errors.ts';
import type { Completeness } from '../core/model.ts';
import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import { wholeTenantCompleteness } from '../core/wholeTenantCompleteness.ts';

export interface WholeTenantDeps {
  readonly reader: StoreReader;
  readonly load: Sync['load'];
  concurrency(): number;
}

export interface WholeTenantLoad {
  readonly tenantId: string;
  /** Read again also what is complete. */
  readonly refresh: boolean;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** So many listings in a row that fail for a reason that concerns the whole tenant end the load: the rest would fail as well. */
const hopelessAfter: Partial<Record<ErrorKind, number>> = {
  throttled: 12,
  notSignedIn: 12,
  // As many as break the tenant's circuit, and some more: until then it may be one server among several.
  offline: 24,
};

/** Groups looked up at once when the next listings are chosen. */
const chunk = 500;

/** Reads all listings that are not complete yet (with `refresh`: that are not younger than this load). */
export async function loadWholeTenant(deps: WholeTenantDeps, options: WholeTenantLoad): Promise<Completeness> {
  const { tenantId, refresh, onProgress } = options;
  // What ends the load ends all of its listings: none may go on behind its back, and be joined by the next load.
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const since = new Date().toISOString();
  const listing = { list: 'groups', tenantId } as const;
  const mustReadGroups = refresh || deps.reader.completeness(listing).state !== 'complete';
  const groups = await deps.load(listing, { refresh: mustReadGroups, signal });

  const total = deps.reader.countGroups(tenantId);
  const limit = pLimit(deps.concurrency());
  let done = 0;
  let inARow = 0;
  let isHopeless = false;
  onProgress(done, total);

  const tried = new Set<string>();

  async function loadMembers(groupId: string): Promise<void> {
    signal.throwIfAborted();
    tried.add(groupId);
    if (isHopeless) return;
    try {
      const { state, kind } = await deps.load({ list: 'members', tenantId, groupId }, { refresh: true, signal });
      const most = state === 'complete' || kind === undefined ? undefined : hopelessAfter[kind];
      inARow = most === undefined ? 0 : inARow + 1;
      isHopeless ||= most !== undefined && inARow >= most;
    } catch (error) {
      // The group went away meanwhile, or somebody stopped this one listing; the others go on.
      if (signal.aborted) throw error;
      if (!(isAppError(error, 'notFound') || isAppError(error, 'cancelled'))) {
        broken.abort(error);
        throw error;
      }
    }
    done += 1;
    onProgress(done, total);
  }

  async function loadAllMembers(): Promise<void> {
    done = 0;
    for (let offset = 0; offset < total; offset += chunk) {
      const page = deps.reader.groups(tenantId, { offset, limit: chunk });
      const due = page.filter(
        ({ id, members }) =>
          !tried.has(id) && (members.state !== 'complete' || (refresh && (members.asOf ?? '') <= since)),
      );
      done += page.length - due.length;
      onProgress(done, total);
      await limit.map(due, ({ id }) => loadMembers(id));
      // Where nothing is due, as after an admin load, nothing was waited for: other extensions share this thread.
      await nextTurn();
    }
  }

  // A group that is pinned meanwhile changes its place, and others theirs: some may then have been passed over.
  const pins = (): string => JSON.stringify(deps.reader.pinned(tenantId));
  for (let before: string | undefined; before !== pins(); ) {
    before = pins();
    await loadAllMembers();
  }
  return wholeTenantCompleteness(deps.reader, tenantId, groups);
}
