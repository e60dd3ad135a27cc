import type { Disposable } from '../core/event.ts';
import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { WholeTenants } from '../core/wholeTenants.ts';
import { type Reading, readingMessage } from './readingMessage.ts';
import type { Words } from './words.ts';

export interface ReadingsOptions {
  readonly reader: Pick<StoreReader, 'tenant'>;
  readonly sync: Pick<Sync, 'onDidProgressAll' | 'isLoadingAll'>;
  readonly wholeTenants: WholeTenants;
  readonly words: Words;
  /** Shows the text above the rows, or none. */
  show(message: string | undefined): void;
}

/** Keeps the view's message true to the tenants that are read whole, with a countdown while one waits. */
export function showReadings({ reader, sync, wholeTenants, words, show }: ReadingsOptions): Disposable {
  const readings = new Map<string, Reading>();
  let tick: NodeJS.Timeout | undefined;
  let due: NodeJS.Timeout | undefined;

  function render(): void {
    due = undefined;
    show(readingMessage([...readings.values()], words, Date.now()));
    const isWaiting = [...readings.values()].some(({ waitsUntil }) => waitsUntil !== undefined);
    if (isWaiting) tick ??= setInterval(render, 1000);
    else if (tick) {
      clearInterval(tick);
      tick = undefined;
    }
  }

  /** Progress comes with every listing: some times a second are enough for a person. */
  function renderSoon(): void {
    due ??= setTimeout(render, 200);
  }

  function update(tenantId: string, done: number, total: number): void {
    const waitsUntil = wholeTenants.waitsUntil(tenantId);
    const name = reader.tenant(tenantId)?.name;
    if (name === undefined || (waitsUntil === undefined && !sync.isLoadingAll(tenantId))) readings.delete(tenantId);
    else {
      const { total: known = 0, startedAt = 0, heldAtStart = 0 } = readings.get(tenantId) ?? {};
      const start = known === 0 ? { startedAt: Date.now(), heldAtStart: done } : { startedAt, heldAtStart };
      const isOffline = wholeTenants.isOffline(tenantId);
      const waits = waitsUntil === undefined ? {} : { waitsUntil, isOffline };
      readings.set(tenantId, { name, done, total, ...start, ...waits });
    }
    renderSoon();
  }

  const subscriptions = [
    sync.onDidProgressAll(({ tenantId, done, total }) => update(tenantId, done, total)),
    wholeTenants.onDidChange((tenantId) => update(tenantId, 0, 0)),
  ];
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      clearInterval(tick);
      clearTimeout(due);
    },
  };
}
