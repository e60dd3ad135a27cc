import type { TenantExplorerApi } from '../api.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { Event } from '../core/event.ts';
import type { ListingKey } from '../core/listing.ts';
import type { Access, Completeness, ReadOptions } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { ProviderRegistry } from '../core/providerRegistry.ts';
import type { StoreChange, StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { Tenants } from '../core/tenants.ts';
import { readListing } from './readListing.ts';
import { wholeTenantCompleteness } from './wholeTenantCompleteness.ts';

export interface ApiDeps {
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly tenants: Tenants;
  readonly providers: ProviderRegistry;
  readonly onDidChange: Event<StoreChange>;
}

/** The API that other extensions get. */
export function createApi({ reader, sync, tenants, providers, onDidChange }: ApiDeps): TenantExplorerApi {
  /** What is held; the load that has just ended may already be followed by another one, which is not waited for. */
  function held(listing: ListingKey): Completeness {
    return reader.completeness(listing);
  }

  return {
    version: 1,
    registerProvider: (definition) => providers.register(definition),
    addTenant: (connection) => tenants.add(connection),
    removeTenant: (tenantId) => tenants.remove(tenantId),
    tenants: async () =>
      reader.tenants().map(({ id, provider, name, account }) => ({
        id,
        provider,
        name,
        ...(account === undefined ? {} : { account }),
      })),
    groups: async (tenantId, options) => {
      const listing = { list: 'groups', tenantId } as const;
      await sync.load(listing, options);
      return readListing(
        (page) => reader.groupsAsSent(tenantId, page),
        () => held(listing),
        options?.signal,
      );
    },
    members: async (tenantId, groupId, options) => {
      if (groupId === noGroupId) throw new AppError('notFound', 'There is no such group in this tenant.');
      const listing = { list: 'members', tenantId, groupId } as const;
      await sync.load(listing, options);
      return readListing(
        (page) => reader.membersAsSent(tenantId, groupId, page),
        () => held(listing),
        options?.signal,
      );
    },
    loadAll: (tenantId, options) => sync.loadAll(tenantId, options),
    findAccess: async (query, options: ReadOptions = {}) => {
      if (typeof query !== 'string' || query.trim() === '')
        throw new AppError('invalid', 'Say whom to look for: a name, an e-mail or an id.');
      if (options.refresh) await Promise.all(reader.tenants().map(({ id }) => loadIfThere(sync, id, options)));
      const { items } = await readListing<Access>(
        (page) =>
          reader.findMemberships(query, page).map(({ group, member }) => ({
            tenantId: group.tenantId,
            groupId: group.id,
            groupName: group.name,
            member,
            path: [],
          })),
        () => everyTenant(reader),
        options.signal,
      );
      return { items, completeness: { ...everyTenant(reader), count: items.length } };
    },
    onDidChange: (listener) =>
      onDidChange((change) => {
        if (change.groupId !== noGroupId) listener(change);
      }),
  };
}

/** A tenant that was removed, or whose load somebody else stopped, is no reason to find nothing in the others. */
async function loadIfThere(sync: Sync, tenantId: string, options: ReadOptions): Promise<void> {
  try {
    await sync.loadAll(tenantId, options);
  } catch (error) {
    if (options.signal?.aborted || !(isAppError(error, 'cancelled') || isAppError(error, 'notFound'))) throw error;
  }
}

/** `complete` only if every tenant is; else what is missing, tenant by tenant. */
function everyTenant(reader: StoreReader): Completeness {
  const tenants = reader.tenants().map((tenant) => {
    const groups = reader.completeness({ list: 'groups', tenantId: tenant.id });
    return { name: tenant.name, completeness: wholeTenantCompleteness(reader, tenant.id, groups) };
  });
  const gaps = tenants.filter(({ completeness }) => completeness.state !== 'complete');
  const asOf = tenants.map(({ completeness }) => completeness.asOf ?? '').sort()[0];
  const told = asOf ? { asOf } : {};
  if (gaps.length === 0) return { state: 'complete', ...told };
  const reasons = gaps.map(({ name, completeness }) => `${name}: ${completeness.reason ?? completeness.state}`);
  return { state: 'partial', reason: reasons.join(' '), ...told };
}
