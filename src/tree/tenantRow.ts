import type { SignInMethod, StoredConnection, TenantRecord, WorkspaceSort } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import { isServiceProvider, type Provider, tellsUngrouped } from '../core/provider.ts';
import type { GroupSummary } from '../core/store.ts';
import { safeText } from '../core/text.ts';
import type { Translate } from '../core/translate.ts';
import type { TreeContext } from './context.ts';
import { groupCount, tenantDescription } from './descriptions.ts';
import { fact, listingFacts } from './facts.ts';
import { createGroupRow, type GroupRow } from './groupRow.ts';
import { createListingRows, type ListingRows } from './listingRows.ts';
import type { Fact, Look, Row } from './row.ts';
import type { Updatable } from './rowCache.ts';
import { rowId } from './rowIds.ts';

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
      worked = { provider, tenant, flags: flagsOf(provider, tenant.connection) };
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
    facts: () => tenantFacts(context, tenant),
    children: () => groups.children(),
    filter: () => filter,
    setFilter: (text) => {
      if (filter === text) return;
      filter = text;
      context.changed(row);
    },
    isStale: () => shownDescription !== undefined && describe() !== shownDescription,
    signature: () => JSON.stringify([reader.tenant(first.id), filter, groups.signature()]),
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
    header: () => (filter === undefined ? undefined : filterLook(context, first.id, filter)),
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

/** The row that says which groups are not shown; a click shows them again. */
function filterLook({ reader, words }: TreeContext, tenantId: string, filter: string): Look {
  const { t, number } = words;
  const matches = number(reader.countGroups(tenantId, filter));
  const label = t('Filter: “{0}”', safeText(filter));
  const description = t('{0} of {1}', matches, groupCount(words, reader.countGroups(tenantId)));
  return {
    label,
    description,
    icon: 'filter-filled',
    context: 'note filter',
    spoken: `${label}, ${description}`,
    click: { command: 'tenantExplorer.clearFilter', title: t('Clear Filter') },
  };
}

/** Capabilities as flags, so that menus never name a provider. */
function flagsOf(provider: Provider | undefined, connection: StoredConnection): string {
  if (!provider) return '';
  const hasPortal = isServiceProvider(provider) && provider.portalUrl(connection) !== undefined;
  return [...(hasPortal ? ['portal'] : []), ...provider.capabilities].join(' ');
}

function signInWords(t: Translate, method: SignInMethod): string {
  const words: Readonly<Record<SignInMethod, string>> = {
    accessToken: t('access token'),
    microsoft: t('Microsoft account of VS Code'),
    interactive: t('browser'),
    deviceCode: t('device code'),
    clientCredentials: t('application'),
    oauth: t('browser'),
  };
  return words[method];
}

function tenantFacts(
  { words, sync, provider }: TreeContext,
  { id, name, provider: providerId, account, isSignedOut, connection }: TenantRecord,
): readonly Fact[] {
  const { t } = words;
  const { endpoint, cloud, directoryId, organization, partitionGlobalId, scope, workspaces } = connection;
  const { leaveOut = [], capacityIds = [] } = workspaces ?? {};
  const sorts: Readonly<Record<WorkspaceSort, string>> = {
    personal: t('personal workspaces'),
    deleted: t('deleted workspaces'),
    orphaned: t('workspaces without an administrator'),
  };
  const list = (texts: readonly string[]) => (texts.length > 0 ? texts.join(', ') : undefined);
  const optional = (label: string, value: string | undefined) => (value === undefined ? [] : [fact(label, value)]);
  return [
    fact(t('Name'), name),
    fact(t('Service'), provider(providerId)?.label ?? providerId),
    ...optional(t('Account'), isSignedOut ? t('signed out') : account),
    fact(t('Sign-in'), signInWords(t, connection.signIn)),
    ...optional(t('Application'), connection.clientId),
    ...optional(t('Address'), endpoint),
    ...optional(t('Cloud'), cloud),
    ...optional(t('Directory'), directoryId),
    ...optional(t('Organization'), organization),
    ...optional(t('Organization id'), partitionGlobalId),
    ...optional(t('Scope'), scope),
    ...optional(t('Left out'), list(leaveOut.map((sort) => sorts[sort]))),
    ...optional(t('Only on the capacities'), list(capacityIds)),
    ...listingFacts(words, sync.completeness({ list: 'groups', tenantId: id })),
  ];
}
