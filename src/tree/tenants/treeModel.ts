import type { Fault } from '../../core/errors.ts';
import { type ListingKey, listingId } from '../../core/listing.ts';
import type { ChosenFilter } from '../../core/memberFilter.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { StoreChange, StoreReader } from '../../core/store.ts';
import type { Progress, Sync } from '../../core/sync.ts';
import type { Target } from '../../core/target.ts';
import type { Row } from '../row.ts';
import { rowId } from '../rowIds.ts';
import type { Words } from '../words.ts';
import { createChangedRows } from './changedRows.ts';
import type { GroupRow } from './groupRow.ts';
import type { ListingRows } from './listingRows.ts';
import { createRowCache } from './rowCache.ts';
import { createTenantRow, type TenantRow } from './tenantRow.ts';
import type { InnerListing, TreeContext } from './treeContext.ts';

export interface TreeModelOptions {
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly words: Words;
  explain(fault: Fault): { readonly what: string; readonly advice: string };
  providers(): readonly Provider[];
  pageSize(): number;
  /** Rows to render again; without rows, all. */
  fire(rows: readonly Row[] | undefined): void;
  /** Whether anything loads. */
  setBusy(isBusy: boolean): void;
  /** Milliseconds before a load is told. */
  readonly patience?: number;
  /** Milliseconds in which changes are collected. */
  readonly delay?: number;
}

interface Watched {
  readonly id: string;
  readonly owner: Row;
  readonly rows: InnerListing;
}

/** The tree without VS Code: its rows, and what happens to them. */
export interface TreeModel {
  roots(): readonly Row[];
  onStoreChange(change: StoreChange): void;
  onProgress(progress: Progress): void;
  /** Renders again what everything is derived from, e.g. when a provider was registered. */
  reload(): void;
  /** The listing's pages. */
  showMore(target: Target): void;
  showAll(target: Target): void;
  filter(tenantId: string): string | undefined;
  setFilter(tenantId: string, text: string | undefined): void;
  memberFilter(tenantId: string, groupId: string): ChosenFilter | undefined;
  setMemberFilter(tenantId: string, groupId: string, chosen: ChosenFilter | undefined): void;
  /** Tenants and groups with a filter. */
  filtered(): readonly Target[];
  /** The row of a target, shown if need be; a filter that hides it is cleared. */
  find(target: Target): Row | undefined;
  /** The ages that are shown may have passed. */
  refreshAges(): void;
  dispose(): void;
}

export function createTreeModel(options: TreeModelOptions): TreeModel {
  const { reader, sync } = options;
  const changes = createChangedRows(options.fire, options.delay ?? 30);
  const tenants = createRowCache<TenantRecord, TenantRow>(({ id }) => id, createTenant);
  const signatures = new Map<string, string>();
  const loading = new Set<string>();
  const watched = new Set<Watched>();
  /** By row id; kept while the group's row is not shown. */
  const memberFilters = new Map<string, { readonly target: Target; readonly chosen: ChosenFilter }>();

  function createTenant(tenant: TenantRecord): TenantRow {
    const context: TreeContext = {
      reader,
      sync,
      words: options.words,
      explain: options.explain,
      provider: (id) => options.providers().find((provider) => provider.id === id),
      pageSize: options.pageSize,
      patience: options.patience ?? 400,
      memberFilter,
      changed: changes.add,
      watch: (listing, owner, rows) => watched.add({ id: listingId(listing), owner, rows }),
    };
    return createTenantRow(context, tenant);
  }

  function memberFilter(tenantId: string, groupId: string): ChosenFilter | undefined {
    return memberFilters.size === 0 ? undefined : memberFilters.get(rowId({ tenantId, groupId }))?.chosen;
  }

  function setMemberFilter(tenantId: string, groupId: string, chosen: ChosenFilter | undefined): void {
    const target = { tenantId, groupId };
    if (chosen) memberFilters.set(rowId(target), { target, chosen });
    else memberFilters.delete(rowId(target));
    const row = tenants.get(tenantId)?.groups.get(groupId);
    if (row) changes.add(row);
  }

  function tenantOf(tenantId: string): TenantRow | undefined {
    const shown = tenants.get(tenantId);
    if (shown || !reader.tenant(tenantId)) return shown;
    // Just added: the change has not been heard of yet.
    changes.addAll();
    return roots().find((row) => row.tenantId === tenantId);
  }

  function roots(): readonly TenantRow[] {
    return tenants.show(reader.tenants());
  }

  function listingOf({ tenantId, groupId }: Target): ListingRows<Row> | undefined {
    const tenant = tenantOf(tenantId);
    return groupId === undefined ? tenant?.groups : tenant?.groups.get(groupId)?.open();
  }

  /** Only what is shown already hears of progress: a row that was never opened has nothing to tell. */
  function openedListing(listing: ListingKey): ListingRows<Row> | undefined {
    const groups = tenants.get(listing.tenantId)?.groups;
    if (listing.list === 'members') return groups?.get(listing.groupId)?.opened();
    return listing.list === 'groups' ? groups : undefined;
  }

  /** The listing that a row "Load more" belongs to where it stands below a member: as a target it is the group's. */
  function belowMember(target: Partial<Row>): InnerListing | undefined {
    for (const { owner, rows } of watched) if (owner === target.parent) return rows;
    return undefined;
  }

  /** Rows of a listing that stand below members, those left out that are not shown any more. */
  function* watchedRows(listing: ListingKey): Generator<Watched> {
    const id = listingId(listing);
    for (const one of watched) {
      if (one.id !== id) continue;
      if (isShown(one.owner)) yield one;
      else {
        one.rows.dispose();
        watched.delete(one);
      }
    }
  }

  /** Whether this very row stands in the tree: rows below a member are made anew when that is read anew. */
  function isShown(row: Row): boolean {
    const { parent, memberId = '' } = row;
    const outer = [...watched].find(({ owner }) => owner === parent);
    const listing = outer
      ? outer.rows
      : tenants
          .get(row.tenantId)
          ?.groups.get(row.groupId ?? '')
          ?.opened();
    return listing?.get(memberId) === row && (!outer || isShown(outer.owner));
  }

  function onTenantChange(tenantId: string): void {
    const row = tenants.get(tenantId);
    const record = reader.tenant(tenantId);
    if (!row || !record) {
      signatures.delete(tenantId);
      changes.addAll();
      return;
    }
    row.update(record);
    // While it loads, its end is waited for: rows that come page by page would be rendered over and over.
    if (sync.completeness({ list: 'groups', tenantId }).state === 'loading') return;
    const signature = row.signature();
    if (signatures.get(tenantId) === signature) return;
    signatures.set(tenantId, signature);
    changes.add(row);
  }

  function onGroupChange(tenantId: string, groupId: string): void {
    const row: GroupRow | undefined = tenants.get(tenantId)?.groups.get(groupId);
    const listing = { list: 'members', tenantId, groupId } as const;
    if (sync.completeness(listing).state === 'loading') return;
    for (const { owner } of watchedRows(listing)) changes.add(owner);
    if (row?.reload()) changes.add(row);
  }

  /** The store will tell the same once more; what is shown by then is not rendered twice. */
  function onLoadEnd(listing: ListingKey): void {
    if (listing.list === 'members') onGroupChange(listing.tenantId, listing.groupId);
    const tenant = listing.list === 'groups' ? tenants.get(listing.tenantId) : undefined;
    if (tenant) signatures.set(listing.tenantId, tenant.signature());
  }

  function findRow({ tenantId, groupId, memberId }: Target): Row | undefined {
    const tenant = tenantOf(tenantId);
    if (!tenant || groupId === undefined) return tenant;
    const group = findGroup(tenant, groupId);
    return memberId === undefined ? group : group && findMember(group, memberId);
  }

  function findGroup(tenant: TenantRow, groupId: string): GroupRow | undefined {
    const found = tenant.groups.find(groupId);
    if (found || tenant.filter() === undefined || !reader.group(tenant.tenantId, groupId)) return found;
    tenant.setFilter(undefined);
    return tenant.groups.find(groupId);
  }

  function findMember(group: GroupRow, memberId: string): Row | undefined {
    const { tenantId, groupId } = group;
    const found = group.open().find(memberId);
    if (found || !memberFilter(tenantId, groupId) || !reader.member(tenantId, groupId, memberId)) return found;
    setMemberFilter(tenantId, groupId, undefined);
    return group.open().find(memberId);
  }

  return {
    roots,
    onStoreChange: ({ tenantId, groupId }) => {
      if (groupId === undefined) onTenantChange(tenantId);
      else onGroupChange(tenantId, groupId);
    },
    onProgress: ({ listing }) => {
      const isLoading = sync.completeness(listing).state === 'loading';
      if (isLoading) loading.add(listingId(listing));
      else loading.delete(listingId(listing));
      options.setBusy(loading.size > 0);
      const shown = openedListing(listing);
      shown?.onProgress();
      for (const { rows } of watchedRows(listing)) rows.onProgress();
      if (isLoading) return;
      onLoadEnd(listing);
      // Somebody waits for these rows.
      if (shown) changes.flush();
    },
    reload: changes.addAll,
    showMore: (target) => (belowMember(target) ?? listingOf(target))?.showMore(),
    showAll: (target) => (belowMember(target) ?? listingOf(target))?.showAll(),
    filter: (tenantId) => tenants.get(tenantId)?.filter(),
    setFilter: (tenantId, text) => tenantOf(tenantId)?.setFilter(text),
    memberFilter,
    setMemberFilter,
    filtered: () => [
      ...[...tenants.values()].filter((row) => row.filter() !== undefined).map(({ tenantId }) => ({ tenantId })),
      ...[...memberFilters.values()]
        .map(({ target }) => target)
        .filter(({ tenantId, groupId = '' }) => reader.group(tenantId, groupId) !== undefined),
    ],
    find: (target) => {
      const row = findRow(target);
      // VS Code waits for renderings that it knows of before it reveals a row.
      changes.flush();
      return row;
    },
    refreshAges: () => {
      for (const row of tenants.values()) if (row.isStale()) changes.add(row);
    },
    dispose: () => {
      changes.dispose();
      for (const tenant of tenants.values()) {
        tenant.groups.dispose();
        for (const group of tenant.groups.shown()) group.opened()?.dispose();
      }
      for (const { rows } of watched) rows.dispose();
    },
  };
}
