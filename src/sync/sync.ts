import { AppError, cancelled, toErrorData } from '../core/errors.ts';
import { createEmitter } from '../core/event.ts';
import { type ListingKey, listingId } from '../core/listing.ts';
import { loadOnce } from '../core/loadOnce.ts';
import type { Completeness, ReadOptions } from '../core/model.ts';
import { isServiceProvider } from '../core/provider/provider.ts';
import type { Progress, Sync, WholeTenantProgress } from '../core/sync.ts';
import type { SyncDeps } from './deps.ts';
import { createJobs } from './jobs.ts';
import type { Reads } from './loadListing.ts';
import type { Shared } from './shared.ts';

interface ListingAbout {
  readonly listing: ListingKey;
  received: number;
  /** A person waits for it. */
  isUrgent: boolean;
}

interface WholeAbout {
  readonly tenantId: string;
  readonly isRefresh: boolean;
}

interface ApplyingAbout {
  readonly tenantIds: readonly string[];
  /** Nothing more is begun; what was sent is waited for. */
  readonly stopping: AbortController;
}

type PlanWork<T> = (closing: AbortSignal, stopping: AbortSignal) => Promise<T>;

/** Has a tenant's directory read, so that ids get names. Never fails. */
type ReadDirectory = (signal: AbortSignal) => Promise<Completeness>;

/** What a load does for whoever asked for it. */
interface Manner {
  readonly isUrgent: boolean;
  readonly readDirectory: ReadDirectory;
}

/** See `Sync`. */
export function createSync(deps: SyncDeps): Sync {
  const loads = createJobs<Completeness, ListingAbout>();
  const wholeTenants = createJobs<Completeness, WholeAbout>();
  const asked = createJobs<unknown, { readonly tenantId: string }>();
  const applying = createJobs<unknown, ApplyingAbout>();
  const reads = loadOnce(async () => (await import('./loadListing.ts')).createReads(deps, { load, run: runPlan }));
  const progress = createEmitter<Progress>();
  const progressAll = createEmitter<WholeTenantProgress>();

  function start(listing: ListingKey, { isUrgent, readDirectory }: Manner): Shared<Completeness> {
    const id = listingId(listing);
    const running = loads.get(id);
    if (running) {
      running.isUrgent ||= isUrgent;
      return running;
    }
    const about: ListingAbout = { listing, received: 0, isUrgent };
    const tell = () => progress.fire({ listing, received: about.received });
    const job = loads.start(
      id,
      about,
      async (signal) => {
        return (await reads.get()).loadListing({
          listing,
          signal,
          isUrgent: () => about.isUrgent,
          onReceived: (received) => {
            about.received = received;
            tell();
          },
          loadDirectory: () => readDirectory(signal),
        });
      },
      tell,
    );
    tell();
    return job;
  }

  function directoryOf(tenantId: string, isUrgent: boolean): ReadDirectory {
    return async (signal) => {
      try {
        const readDirectory = async (): Promise<Completeness> => ({ state: 'notLoaded' });
        return await start({ list: 'directory', tenantId }, { isUrgent, readDirectory }).join(signal);
      } catch (error) {
        const { kind, message } = toErrorData(error);
        return { state: 'failed', kind, reason: message };
      }
    };
  }

  /** A directory that was read whole stands until the groups are read anew, or somebody asks for these very members. */
  function directoryFor(tenantId: string, isRefresh: boolean): ReadDirectory {
    return async (signal) => {
      const held = deps.reader.completeness({ list: 'directory', tenantId });
      return held.state === 'complete' && !isRefresh ? held : directoryOf(tenantId, true)(signal);
    };
  }

  async function run(listing: ListingKey, signal: AbortSignal | undefined, manner: Manner): Promise<Completeness> {
    const completeness = await start(listing, manner).join(signal);
    // A load that was stopped before its first row left the listing as it was; nobody asked for that answer.
    if (completeness.state === 'notLoaded' || completeness.state === 'loading') throw cancelled();
    return completeness;
  }

  let isDisposed = false;

  async function load(
    listing: ListingKey,
    { refresh = false, signal }: ReadOptions = {},
    manner: Manner = { isUrgent: true, readDirectory: directoryFor(listing.tenantId, refresh) },
  ): Promise<Completeness> {
    if (signal?.aborted || isDisposed) throw cancelled();
    if (!deps.reader.tenant(listing.tenantId)) throw new AppError('notFound', 'There is no such tenant.');
    if (listing.list === 'members' && !deps.reader.group(listing.tenantId, listing.groupId)) {
      await load({ list: 'groups', tenantId: listing.tenantId }, { refresh, ...(signal ? { signal } : {}) });
      if (!deps.reader.group(listing.tenantId, listing.groupId))
        throw new AppError('notFound', 'There is no such group in this tenant.');
    }
    if (!refresh && !loads.get(listingId(listing))) {
      const held = deps.reader.completeness(listing);
      if (held.state !== 'notLoaded') return held;
    }
    if (refresh && listing.list === 'groups') await deps.writer.forgetDirectory(listing.tenantId);
    return run(listing, signal, manner);
  }

  async function loadAll(tenantId: string, options: ReadOptions = {}): Promise<Completeness> {
    const { refresh = false, signal } = options;
    if (signal?.aborted || isDisposed) throw cancelled();
    if (!deps.reader.tenant(tenantId)) throw new AppError('notFound', 'There is no such tenant.');
    const running = wholeTenants.get(tenantId);
    if (!running) return startWhole(tenantId, refresh).join(signal);
    if (running.isRefresh || !refresh) return running.join(signal);
    // What runs passes over listings that are held: it is no answer to a refresh.
    await running.join(signal);
    return loadAll(tenantId, options);
  }

  /** Twice as many as requests, which pass a gate: while one listing is written, the next one is sent already. */
  function listingsAtOnce(tenantId: string): number {
    const provider = deps.provider(deps.reader.tenant(tenantId)?.provider ?? '');
    return deps.concurrency() * (provider && isServiceProvider(provider) ? 2 : 1);
  }

  function startWhole(tenantId: string, refresh: boolean): Shared<Completeness> {
    return wholeTenants.start(
      tenantId,
      { tenantId, isRefresh: refresh },
      async (signal) => {
        const { loadWholeTenant } = await import('./loadWholeTenant.ts');
        // Read at most once, and only when a listing needs it: it may be large, and it may be denied.
        let directory: Promise<Completeness> | undefined;
        const readDirectory = () => (directory ??= directoryOf(tenantId, false)(signal));
        const completeness = await loadWholeTenant(
          {
            reader: deps.reader,
            load: (listing, loadOptions) => load(listing, loadOptions, { isUrgent: false, readDirectory }),
            concurrency: () => listingsAtOnce(tenantId),
          },
          { tenantId, refresh, signal, onProgress: (done, total) => progressAll.fire({ tenantId, done, total }) },
        );
        if (completeness.state === 'complete') deps.onWhole?.(tenantId);
        return completeness;
      },
      () => progressAll.fire({ tenantId, done: 0, total: 0 }),
    );
  }

  /** Equal questions share one run. */
  const ask =
    <K extends 'memberOf' | 'itemsOf'>(what: K) =>
    async (tenantId: string, who: string, signal: AbortSignal): Promise<Awaited<ReturnType<Reads[K]>>> => {
      if (signal.aborted || isDisposed) throw cancelled();
      const key = JSON.stringify([what, tenantId, who]);
      const run = async (own: AbortSignal) => (await reads.get())[what](tenantId, who, own);
      const job = asked.get(key) ?? asked.start(key, { tenantId }, run, () => {});
      return job.join(signal) as Promise<Awaited<ReturnType<Reads[K]>>>;
    };

  let plans = 0;
  async function runPlan<T>(tenantIds: readonly string[], work: PlanWork<T>): Promise<T> {
    if (isDisposed) throw cancelled();
    const about = { tenantIds, stopping: new AbortController() };
    const run = (closing: AbortSignal) => work(closing, about.stopping.signal);
    return applying.start(`${plans++}`, about, run, () => {}).join(undefined) as Promise<T>;
  }

  return {
    memberOf: ask('memberOf'),
    itemsOf: ask('itemsOf'),
    changes: async () => (await reads.get()).changes(),
    load: (listing, options) => load(listing, options),
    loadAll,
    completeness: (listing) => {
      const held = deps.reader.completeness(listing);
      const job = loads.get(listingId(listing));
      return job ? { ...held, state: 'loading', count: Math.max(job.received, held.count ?? 0) } : held;
    },
    isLoadingAll: (tenantId) => wholeTenants.get(tenantId) !== undefined,
    cancel: (tenantId, listing) => {
      if (!listing) {
        for (const jobs of [wholeTenants, asked]) jobs.stop((about) => about.tenantId === tenantId);
        for (const { tenantIds, stopping } of applying.all()) if (tenantIds.includes(tenantId)) stopping.abort();
      }
      const id = listing && listingId(listing);
      loads.stop((about, key) => (id === undefined ? about.listing.tenantId === tenantId : key === id));
    },
    onDidProgress: progress.event,
    onDidProgressAll: progressAll.event,
    dispose: async () => {
      isDisposed = true;
      const all = [applying, wholeTenants, loads, asked];
      for (const jobs of all) jobs.stop(() => true);
      await Promise.all(all.map((jobs) => jobs.settled()));
    },
  };
}
