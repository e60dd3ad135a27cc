import type { TenantExplorerApi } from '../api.ts';
import { AppError } from '../core/errors.ts';
import type { Event } from '../core/event.ts';
import type { ListingKey } from '../core/listing.ts';
import type { Completeness } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { ProviderRegistry } from '../core/provider/providerRegistry.ts';
import type { StoreChange, StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { Tenants } from '../core/tenants/tenants.ts';
import { readListing } from './readListing.ts';

export interface ApiDeps {
  /** To be awaited before anything is read. */
  ready(): Promise<void>;
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly tenants: Pick<Tenants, 'add' | 'remove'>;
  readonly providers: ProviderRegistry;
  readonly onDidChange: Event<StoreChange>;
}

/** The API that other extensions get. */
export function createApi({ ready, reader, sync, tenants, providers, onDidChange }: ApiDeps): TenantExplorerApi {
  /** What is held; the load that has just ended may already be followed by another one, which is not waited for. */
  function held(listing: ListingKey): Completeness {
    return reader.completeness(listing);
  }

  return {
    version: 1,
    registerProvider: (definition) => providers.register(definition),
    addTenant: async (connection) => {
      await ready();
      return tenants.add(connection);
    },
    removeTenant: async (tenantId) => {
      await ready();
      return tenants.remove(tenantId);
    },
    tenants: async () => {
      await ready();
      return reader.tenants().map(({ id, provider, name, account }) => ({
        id,
        provider,
        name,
        ...(account === undefined ? {} : { account }),
      }));
    },
    groups: async (tenantId, options) => {
      await ready();
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
      await ready();
      const listing = { list: 'members', tenantId, groupId } as const;
      await sync.load(listing, options);
      return readListing(
        (page) => reader.membersAsSent(tenantId, groupId, page),
        () => held(listing),
        options?.signal,
      );
    },
    loadAll: async (tenantId, options) => {
      await ready();
      return sync.loadAll(tenantId, options);
    },
    findAccess: async (query, options = {}) => {
      const [{ findAccess }] = await Promise.all([import('./findAccess.ts'), ready()]);
      return findAccess({ reader, sync }, query, options);
    },
    onDidChange: (listener) =>
      onDidChange(({ isMark, ...change }) => {
        if (!isMark && change.groupId !== noGroupId) listener(change);
      }),
  };
}
