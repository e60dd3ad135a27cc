import { isAppError } from '../core/errors.ts';
import { createEmitter } from '../core/event.ts';
import type { Logger } from '../core/logger.ts';
import type { Completeness } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { WholeTenants } from '../core/wholeTenants.ts';

/** Later than the service said, for clocks differ. */
const margin = 1000;

/** Timers cannot wait longer. */
const longestTimer = 2 ** 31 - 1;

export interface WholeTenantsDeps {
  readonly sync: Sync;
  readonly reader: Pick<StoreReader, 'memberListings'>;
  /** Whether the tenant's service tells who is in no group. */
  hasUngrouped(tenantId: string): boolean;
  readonly log: Logger;
  /** Reading that went on by itself came to a hard end that nobody else is told of. */
  onFailed(error: unknown): void;
  /** Milliseconds until a service that could not be reached is tried again. */
  readonly offlineWait?: number;
}

interface Wait {
  readonly until: number;
  readonly isOffline: boolean;
}

/** See `WholeTenants`. */
export function createWholeTenants(deps: WholeTenantsDeps): WholeTenants {
  const { sync, reader, hasUngrouped, log, onFailed, offlineWait = 30_000 } = deps;
  const waiting = new Map<string, Wait & { readonly timer: NodeJS.Timeout }>();
  const changed = createEmitter<string>();

  function stopWaiting(tenantId: string): void {
    const held = waiting.get(tenantId);
    if (!held) return;
    clearTimeout(held.timer);
    waiting.delete(tenantId);
    changed.fire(tenantId);
  }

  async function load(tenantId: string, signal?: AbortSignal): Promise<Completeness> {
    stopWaiting(tenantId);
    const completeness = await sync.loadAll(tenantId, signal ? { signal } : {});
    const next = waitFor(completeness, tenantId) ?? waitFor(await loadUngrouped(tenantId, signal), tenantId);
    if (next) wait(tenantId, next);
    return completeness;
  }

  /** Beside the groups rather than part of them: what comes of it is told by its own row. */
  async function loadUngrouped(tenantId: string, signal: AbortSignal | undefined): Promise<Completeness> {
    const listing = { list: 'members', tenantId, groupId: noGroupId } as const;
    const held = sync.completeness(listing);
    if (held.state === 'complete' || !hasUngrouped(tenantId)) return held;
    return sync.load(listing, { refresh: true, ...(signal ? { signal } : {}) });
  }

  /** Nothing for a load that is complete, or that waiting does not help. */
  function waitFor({ state, kind, retryAt }: Completeness, tenantId: string): Wait | undefined {
    if (state === 'complete') return undefined;
    if (retryAt !== undefined) return { until: Math.max(Date.parse(retryAt), Date.now()) + margin, isOffline: false };
    const isOffline =
      kind === 'offline' || (kind === undefined && reader.memberListings(tenantId).offline !== undefined);
    return isOffline ? { until: Date.now() + offlineWait, isOffline } : undefined;
  }

  function wait(tenantId: string, { until, isOffline }: Wait): void {
    const goOn = () =>
      void load(tenantId).catch((error: unknown) => {
        // The tenant is gone or somebody stopped it: nobody waits for an answer.
        if (isAppError(error, 'cancelled') || isAppError(error, 'notFound')) return;
        log.error('Reading on failed.', error);
        onFailed(error);
      });
    clearTimeout(waiting.get(tenantId)?.timer);
    const timer = setTimeout(goOn, Math.min(Math.max(until - Date.now(), 0), longestTimer));
    timer.unref();
    waiting.set(tenantId, { until, isOffline, timer });
    changed.fire(tenantId);
  }

  return {
    load,
    waitsUntil: (tenantId) => {
      const held = waiting.get(tenantId);
      return held && new Date(held.until).toISOString();
    },
    isOffline: (tenantId) => waiting.get(tenantId)?.isOffline === true,
    cancel: (tenantId) => {
      stopWaiting(tenantId);
      sync.cancel(tenantId);
    },
    onDidChange: changed.event,
    dispose: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
