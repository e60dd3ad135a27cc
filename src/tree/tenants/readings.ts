import type { Disposable } from '../../core/event.ts';
import type { StoreReader } from '../../core/store.ts';
import type { Sync } from '../../core/sync.ts';
import type { WholeTenants } from '../../core/wholeTenants.ts';
import type { Words } from '../words.ts';
import { type Reading, readingMessage } from './readingMessage.ts';

export interface ReadingsOptions {
  readonly reader: Pick<StoreReader, 'tenant'>;
  readonly sync: Pick<Sync, 'isLoadingAll'>;
  readonly wholeTenants: WholeTenants;
  readonly words: Words;
  /** Shows the text above the rows, or none. */
  show(message: string | undefined): void;
}

/** The tenants that are read whole, as the view's message tells of them. */
export interface Readings extends Disposable {
  /** A tenant's reading went on, or it waits, or it ended. */
  update(tenantId: string, done: number, total: number): void;
}

/** Keeps the view's message true, with a countdown while a tenant waits. Loaded when one is first read whole. */
export function createReadings({ reader, sync, wholeTenants, words, show }: ReadingsOptions): Readings {
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

  return {
    update,
    dispose: () => {
      clearInterval(tick);
      clearTimeout(due);
    },
  };
}
