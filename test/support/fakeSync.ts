import { cancelled } from '../../src/core/errors.ts';
import { createEmitter } from '../../src/core/event.ts';
import { type ListingKey, listingId } from '../../src/core/listing.ts';
import type { Completeness } from '../../src/core/model.ts';
import type { StoreReader } from '../../src/core/store.ts';
import type { Progress, Sync, WholeTenantProgress } from '../../src/core/sync.ts';

/** Sync whose loads a test answers. */
export interface FakeSync extends Sync {
  /** What was asked for, as `groups t`, `members t g`; with `!` behind it where it was a refresh. */
  readonly calls: string[];
  /** What a load does; by default it ends at once. */
  onLoad: (listing: ListingKey, refresh: boolean, signal: AbortSignal | undefined) => Promise<void>;
  onLoadAll: (tenantId: string, signal: AbortSignal | undefined) => Promise<Completeness>;
  onMemberOf: Sync['memberOf'];
  onItemsOf: Sync['itemsOf'];
  progress(listing: ListingKey, received: number): void;
  progressAll(progress: WholeTenantProgress): void;
}

export function createFakeSync(reader: StoreReader): FakeSync {
  const progress = createEmitter<Progress>();
  const progressAll = createEmitter<WholeTenantProgress>();
  const running = new Map<string, { received: number; stop(): void }>();
  const fake: FakeSync = {
    calls: [],
    onLoad: () => Promise.resolve(),
    onLoadAll: () => Promise.resolve({ state: 'complete' }),
    onMemberOf: () => Promise.resolve({ groups: [], asOf: '2030-01-01T00:00:00.000Z' }),
    onItemsOf: () => Promise.resolve({ items: [], asOf: '2030-01-01T00:00:00.000Z' }),
    progress: (listing, received) => {
      const load = running.get(listingId(listing));
      if (load) load.received = received;
      progress.fire({ listing, received });
    },
    progressAll: progressAll.fire,
    load: async (listing, { refresh = false, signal } = {}) => {
      fake.calls.push(nameOf(listing) + (refresh ? '!' : ''));
      const id = listingId(listing);
      const { promise: stopped, reject } = Promise.withResolvers<never>();
      signal?.addEventListener('abort', () => reject(cancelled()));
      running.set(id, { received: 0, stop: () => reject(cancelled()) });
      progress.fire({ listing, received: 0 });
      try {
        await Promise.race([fake.onLoad(listing, refresh, signal), stopped]);
        return reader.completeness(listing);
      } finally {
        running.delete(id);
        progress.fire({ listing, received: 0 });
      }
    },
    completeness: (listing) => {
      const held = reader.completeness(listing);
      const load = running.get(listingId(listing));
      return load ? { ...held, state: 'loading', count: Math.max(load.received, held.count ?? 0) } : held;
    },
    loadAll: (tenantId, { signal } = {}) => {
      fake.calls.push(`all ${tenantId}`);
      return fake.onLoadAll(tenantId, signal);
    },
    itemsOf: (tenantId, user, signal) => {
      fake.calls.push(`itemsOf ${tenantId} ${user}`);
      return fake.onItemsOf(tenantId, user, signal);
    },
    memberOf: (tenantId, email, signal) => {
      fake.calls.push(`memberOf ${tenantId} ${email}`);
      return fake.onMemberOf(tenantId, email, signal);
    },
    changes: () => Promise.reject(new Error('Nothing can be changed here.')),
    isLoadingAll: () => false,
    cancel: (tenantId, listing) => {
      fake.calls.push(`cancel ${listing ? nameOf(listing) : tenantId}`);
      if (listing) running.get(listingId(listing))?.stop();
    },
    onDidProgress: progress.event,
    onDidProgressAll: progressAll.event,
    dispose: async () => undefined,
  };
  return fake;
}

function nameOf(listing: ListingKey): string {
  return [listing.list, listing.tenantId, ...(listing.list === 'members' ? [listing.groupId] : [])].join(' ');
}
