import type { TenantRecord } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import { capabilitiesOf, isServiceProvider, type Provider, tellsUngrouped } from '../../core/provider/provider.ts';
import type { GroupSummary } from '../../core/store.ts';
import { safeText } from '../../core/text/text.ts';
import { groupCount, tenantDescription } from '../descriptions.ts';
import type { Row } from '../row.ts';
import { rowId } from '../rowIds.ts';
import { filterLook } from './filterLook.ts';
import { createGroupRow, type GroupRow } from './groupRow.ts';
import { createListingRows, type ListingRows } from './listingRows.ts';
import type { Updatable } from './rowCache.ts';
import type { TreeContext } from './treeContext.ts';

export interface TenantRow extends Row, Updatable<TenantRecord> {
  readonly groups: ListingRows<GroupRow>;
  filter(): string | undefined;
  setFilter(text: string | undefined): void;
  /** Whether the row would look different from how it was last shown. */
  isStale(): boolean;
  /** Equal as long as row and children have nothing else to show. */
  signature(): string;
}

export function createTenantRow(context: TreeContext, first: TenantRecord): TenantRow {
  const { reader, sync, words } = context;
  const key = { list: 'groups', tenantId: first.id } as const;
  let tenant = first;
  let filter: string | undefined;
  let shownDescription: string | undefined;
  // Asked for by every row below: worked out anew only when something has changed.
  let worked:
    | { readonly provider: Provider | undefined; readonly tenant: TenantRecord; readonly flags: string }
    | undefined;
  const flags = () => {
    const provider = context.provider(tenant.provider);
    if (worked?.provider !== provider || worked?.tenant !== tenant) {
      worked = { provider, tenant, flags: flagsOf(provider, tenant) };
    }
    return worked.flags;
  };
  const describe = () => tenantDescription(words, tenant, sync.completeness(key), filter);

  const row: Omit<TenantRow, 'groups'> = {
    id: rowId({ tenantId: first.id }),
    tenantId: first.id,
    parent: undefined,
    update: (next) => {
      tenant = next;
    },
    look: () => {
      const provider = context.provider(tenant.provider);
      const label = safeText(tenant.name);
      const description = describe();
      shownDescription = description;
      return {
        label,
        description,
        icon: provider?.icon ?? 'question',
        context: [
          'tenant',
          tenant.isSample ? 'sample' : 'own',
          ...(tenant.isSignedOut ? ['signedOut'] : []),
          filter === undefined ? 'unfiltered' : 'filtered',
          flags(),
        ].join(' '),
        spoken: [label, provider?.label ?? tenant.provider, description].filter((text) => text !== '').join(', '),
      };
    },
    facts: async () => (await import('./tenantFacts.ts')).tenantFacts(context, tenant),
    children: () => groups.children(),
    filter: () => filter,
    setFilter: (text) => {
      if (filter === text) return;
      filter = text;
      context.changed(row);
    },
    isStale: () => shownDescription !== undefined && describe() !== shownDescription,
    signature: () => JSON.stringify([reader.tenant(first.id), filter, reader.pinned(first.id), groups.signature()]),
  };
  const groups = createListingRows<GroupSummary, GroupRow>(context, row, {
    key,
    total: () => {
      const { state, count } = sync.completeness(key);
      // Counting a hundred thousand rows takes a while, and a complete listing knows.
      return filter === undefined && state === 'complete' ? (count ?? 0) : reader.countGroups(first.id, filter);
    },
    page: (offset, limit) => reader.groups(first.id, { offset, limit, ...(filter === undefined ? {} : { filter }) }),
    idOf: (group) => group.id,
    createRow: (group) => createGroupRow(context, row, group, flags),
    emptyLabel: () => (filter === undefined ? words.t('No groups') : words.t('No group matches the filter')),
    footer: () => (filter === undefined ? noGroup(context, tenant) : undefined),
    header: () => {
      if (filter === undefined) return undefined;
      const all = groupCount(words, reader.countGroups(first.id));
      return filterLook(words, filter, reader.countGroups(first.id, filter), all);
    },
  });
  // The same object: rows below have it as their parent, and VS Code knows rows by identity.
  return Object.assign(row, { groups });
}

/** Who is in no group, where the service tells; shown once there is a list of groups to show it below. */
function noGroup({ reader, provider }: TreeContext, tenant: TenantRecord): GroupSummary | undefined {
  if (!tellsUngrouped(provider(tenant.provider))) return undefined;
  const { state } = reader.completeness({ list: 'groups', tenantId: tenant.id });
  return state === 'notLoaded' ? undefined : reader.group(tenant.id, noGroupId);
}

/** Capabilities as flags, so that menus never name a provider; of a tenant that is read-only, that it is. */
function flagsOf(provider: Provider | undefined, { connection, allowsChanges }: TenantRecord): string {
  if (!provider) return '';
  const hasPortal = isServiceProvider(provider) && provider.portalUrl(connection) !== undefined;
  const can = capabilitiesOf(provider, connection);
  const changes = can.length === 0 ? [] : allowsChanges ? ['changeable', ...can] : ['readOnly'];
  return [...(hasPortal ? ['portal'] : []), ...changes].join(' ');
}
