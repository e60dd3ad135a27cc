import type { Changes } from '../core/changes/pipeline.ts';
import { AppError, toErrorData } from '../core/errors.ts';
import type { ListingKey } from '../core/listing.ts';
import { loadOnce } from '../core/loadOnce.ts';
import type { Completeness, Group, StoredConnection, TenantRecord } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { ItemsOf } from '../core/provider/itemsOf.ts';
import type { MemberOf } from '../core/provider/memberOf.ts';
import {
  isServiceProvider,
  type PageRequest,
  type ProviderDefinition,
  type ServiceProvider,
} from '../core/provider/provider.ts';
import type { LoadId, PageOutcome } from '../core/store.ts';
import type { ChangeDeps } from './changes/deps.ts';
import type { SyncDeps } from './deps.ts';
import { foreignError } from './foreignError.ts';
import { createGates, type Gate } from './gate.ts';
import { isConnectedAs } from './isConnectedAs.ts';
import { loadPages } from './loadPages.ts';
import { checkCurrent } from './read.ts';
import { createRefused, type Refused } from './refused.ts';
import { remembering } from './remembering.ts';
import { untilAborted } from './untilAborted.ts';

export interface ListingLoad {
  readonly listing: ListingKey;
  readonly signal: AbortSignal;
  /** Whether a person waits for it now. */
  isUrgent(): boolean;
  onReceived(rows: number): void;
  /** Has the tenant's directory read, so that ids get names. Never fails. */
  loadDirectory(): Promise<Completeness>;
}

/**
 * Reads one listing into the store and resolves to what it came to, whatever that is.
 * @throws AppError only when the store cannot be written, or tenant or group are gone
 */
export type LoadListing = (options: ListingLoad) => Promise<Completeness>;

/** The reads of tenants' services, which pass the same gates. */
export interface Reads {
  readonly loadListing: LoadListing;
  /** See `Sync`. */
  memberOf(tenantId: string, email: string, signal: AbortSignal): Promise<MemberOf>;
  itemsOf(tenantId: string, user: string, signal: AbortSignal): Promise<ItemsOf>;
  changes(): Promise<Changes>;
}

/** Loaded when something is read for the first time: who looks at what is held pays for none of it. */
export function createReads(syncDeps: SyncDeps, ofSync: Pick<ChangeDeps, 'load' | 'run'>): Reads {
  const deps = { ...syncDeps, gateOf: createGates(syncDeps), refused: createRefused() };
  const changes = loadOnce(async () => {
    const { createChanges } = await import('./changes/createChanges.ts');
    return createChanges({ ...deps, ...ofSync });
  });
  return {
    changes: changes.get,
    loadListing: (options) => loadListing(deps, options),
    memberOf: async (...args) => (await import('./askMemberOf.ts')).askMemberOf(deps, ...args),
    itemsOf: async (...args) => (await import('./askItemsOf.ts')).askItemsOf(deps, ...args),
  };
}

interface LoadDeps extends SyncDeps {
  gateOf(tenantId: string): Gate;
  readonly refused: Refused;
}

async function loadListing(loadDeps: LoadDeps, options: ListingLoad): Promise<Completeness> {
  const { listing } = options;
  const { tokens, withoutTokens } = remembering(loadDeps.tokens);
  const deps = { ...loadDeps, tokens };
  const tenant = deps.reader.tenant(listing.tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  const load = await deps.writer.begin(listing);
  const started = Date.now();
  let error: AppError | undefined;
  try {
    await readInto(deps, options, tenant, load);
  } catch (thrown) {
    error = options.signal.aborted ? new AppError('cancelled', 'The load was stopped.') : withoutTokens(thrown);
  }
  const completeness = await deps.writer.end(load, error ? { error: toErrorData(error) } : {});
  deps.log.info(
    `${tenant.provider}: ${listing.list} ${completeness.state}${completeness.kind ? ` (${completeness.kind})` : ''}, ` +
      `${completeness.count ?? 0} rows, ${Date.now() - started} ms`,
  );
  return completeness;
}

/** A load, and the connection that it was made for. */
interface Made {
  readonly connection: StoredConnection;
  isCurrent(): boolean;
  readonly load: LoadId;
}

async function readInto(deps: LoadDeps, options: ListingLoad, tenant: TenantRecord, load: LoadId): Promise<void> {
  const provider = deps.provider(tenant.provider);
  if (!provider) {
    throw new AppError(
      'invalid',
      `The provider “${tenant.provider}” is not here. Enable the extension that brings it.`,
    );
  }
  const made = {
    connection: await deps.connectionOf(tenant),
    isCurrent: () => isConnectedAs(deps.reader, tenant),
    load,
  };
  if (isServiceProvider(provider)) await readPages(deps, options, provider, made);
  else await readRows(deps, options, provider, made);
}

async function readPages(
  deps: LoadDeps,
  { listing, signal, isUrgent, onReceived, loadDirectory }: ListingLoad,
  provider: ServiceProvider,
  { connection, isCurrent, load }: Made,
): Promise<void> {
  const page = (outcome: PageOutcome) => onReceived(outcome.received);
  const gate = deps.gateOf(listing.tenantId);
  const { tenantId } = listing;
  const { refused } = deps;
  const options = { provider, tenantId, connection, load, gate, refused, signal, isUrgent, isCurrent, onPage: page };
  const outcome = await loadPages(deps, options, firstRequest(deps, provider, connection, listing));
  if (outcome.unresolved === 0 || listing.list !== 'members' || !provider.requests.directory) return;
  const directory = await loadDirectory();
  signal.throwIfAborted();
  const unresolved = await deps.writer.resolveReferences(load);
  if (unresolved > 0 && directory.state !== 'complete') {
    const { kind = 'badResponse', reason = '', retryAt } = directory;
    const message = `Who ${unresolved} of the members are is not known: ${reason}`.trim();
    throw new AppError(kind, message, retryAt === undefined ? {} : { retryAt: new Date(retryAt) });
  }
}

function firstRequest(
  deps: SyncDeps,
  provider: ServiceProvider,
  connection: StoredConnection,
  listing: ListingKey,
): PageRequest {
  if (listing.list === 'groups') return provider.requests.groups(connection);
  const isNoGroup = listing.list === 'members' && listing.groupId === noGroupId;
  if (listing.list === 'members' && !isNoGroup) return provider.requests.members(connection, groupOf(deps, listing));
  const request = isNoGroup ? provider.requests.ungrouped?.(connection) : provider.requests.directory?.(connection);
  if (!request) throw new AppError('invalid', 'This provider has no such list.');
  return request;
}

function groupOf(deps: SyncDeps, listing: ListingKey & { readonly list: 'members' }): Group {
  const group = deps.reader.group(listing.tenantId, listing.groupId);
  if (!group) throw new AppError('notFound', 'There is no such group.');
  return group;
}

async function readRows(
  deps: SyncDeps,
  { listing, signal, onReceived }: ListingLoad,
  provider: ProviderDefinition,
  { connection, isCurrent, load }: Made,
): Promise<void> {
  const getToken = async () => {
    const token = await deps.tokens.get(listing.tenantId);
    checkCurrent(isCurrent);
    return token;
  };
  const context = { connection, signal, getToken };
  try {
    if (listing.list === 'groups') {
      for await (const groups of untilAborted(
        (provider.listAll ?? provider.listGroups).call(provider, context),
        signal,
      )) {
        onReceived((await deps.writer.rows(load, { groups: checkedRows(groups) })).received);
      }
    } else if (listing.list === 'members') {
      for await (const members of untilAborted(provider.listMembers(context, groupOf(deps, listing)), signal)) {
        onReceived((await deps.writer.rows(load, { members: checkedRows(members) })).received);
      }
    }
  } catch (error) {
    throw foreignError(error);
  }
}

/** The rows themselves are looked at when they are written. */
function checkedRows<T>(page: readonly T[]): readonly T[] {
  if (Array.isArray(page)) return page;
  throw new AppError('badResponse', 'The provider brought something that is not a list of rows.');
}
