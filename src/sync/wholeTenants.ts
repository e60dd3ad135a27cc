import { isAppError } from '../core/errors.ts';
import { createEmitter } from '../core/event.ts';
import type { Logger } from '../core/logger.ts';
import type { Completeness } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { Sync } from '../core/sync.ts';
import type { WholeTenants } from '../core/wholeTenants.ts';

/** Milliseconds until a service that could not be reached is tried again. */
const offlineWait = 30_000;

/** Later than the service said, for clocks differ. */
const margin = 1000;

/** Timers cannot wait longer. */
const longestTimer = 2 ** 31 - 1;

export interface WholeTenantsDeps {
  readonly sync: Sync;
  /** Whether the tenant's service tells who is in no group. */
  hasUngrouped(tenantId: string): boolean;
  readonly log: Logger;
}

/** See `WholeTenants`. */
export function createWholeTenants({ sync, hasUngrouped, log }: WholeTenantsDeps): WholeTenants {
  const waiting = new Map<string, { readonly until: number; readonly timer: NodeJS.Timeout }>();
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
    const until = goesOnAt(completeness) ?? goesOnAt(await loadUngrouped(tenantId, signal));
    if (until !== undefined) wait(tenantId, until);
    return completeness;
  }

  /** Beside the groups rather than part of them: what comes of it is told by its own row. */
  async function loadUngrouped(tenantId: string, signal: AbortSignal | undefined): Promise<Completeness> {
    const listing = { list: 'members', tenantId, groupId: noGroupId } as const;
    const held = sync.completeness(listing);
    if (held.state === 'complete' || !hasUngrouped(tenantId)) return held;
    return sync.load(listing, { refresh: true, ...(signal ? { signal } : {}) });
  }

  function wait(tenantId: string, until: number): void {
    const goOn = () =>
      void load(tenantId).catch((error: unknown) => {
        // The tenant is gone or somebody stopped it: nobody waits for an answer.
        if (!isAppError(error, 'cancelled') && !isAppError(error, 'notFound')) log.error('Reading on failed.', error);
      });
    clearTimeout(waiting.get(tenantId)?.timer);
    const timer = setTimeout(goOn, Math.min(Math.max(until - Date.now(), 0), longestTimer));
    timer.unref();
    waiting.set(tenantId, { until, timer });
    changed.fire(tenantId);
  }

  return {
    load,
    waitsUntil: (tenantId) => {
      const held = waiting.get(tenantId);
      return held && new Date(held.until).toISOString();
    },
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

/** Nothing for a load that is complete, or that waiting does not help. */
function goesOnAt({ state, kind, retryAt }: Completeness): number | undefined {
  if (state === 'complete') return undefined;
  if (retryAt !== undefined) return Math.max(Date.parse(retryAt), Date.now()) + margin;
  return kind === 'offline' ? Date.now() + offlineWait : undefined;
}
