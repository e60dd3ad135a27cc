import type { Member, TenantRecord } from '../../core/model.ts';
import { isServiceProvider } from '../../core/provider/provider.ts';
import type { Target } from '../../core/target.ts';
import { safeText } from '../../core/text/text.ts';
import { noteLook } from '../noteLook.ts';
import type { Look, Row } from '../row.ts';
import { childId } from '../rowIds.ts';
import { createListingLoad, type ListingLoad } from './listingLoad.ts';
import { createListingRows, type ListingRows } from './listingRows.ts';
import { createNoteRow } from './noteRow.ts';
import type { Updatable } from './rowCache.ts';
import type { TreeContext } from './treeContext.ts';

/** Answers with the rows below a group that is a member itself: its members, or what is missing to see them. */
export type NestedRows = () => Promise<readonly Row[]>;

/** A group as one of the tenants knows it. */
type Known = Target & { readonly groupId: string };

type InnerRow = Row & Updatable<Member>;

/** Where a row of one of its members stands. */
export type InnerPlace = Known & { readonly parent: Row; idOf(memberId: string): string };

/** Loaded when a group in a group is first opened. @param row the member's row */
export function createNestedRows(
  context: TreeContext,
  row: Row,
  member: () => Member,
  createRow: (place: InnerPlace, inner: Member) => InnerRow,
): NestedRows {
  const { reader, sync, words } = context;
  const { t } = words;
  const loads = new Map<string, ListingLoad>();
  let opened: { readonly known: Known; readonly rows: ListingRows<InnerRow> } | undefined;

  const find = (): Known | undefined => reader.groupOf(row.tenantId, member());
  const directories = () => reader.tenants().filter(({ provider }) => isDirectory(context, provider));
  const groupsOf = ({ id }: TenantRecord) => ({ list: 'groups', tenantId: id }) as const;

  /** Directories that were never read are read first: to open a group is to ask for it. */
  async function look(): Promise<Known | undefined> {
    for (const tenant of directories()) {
      if (loads.has(tenant.id) || reader.completeness(groupsOf(tenant)).state !== 'notLoaded') continue;
      loads.set(tenant.id, createListingLoad(context, groupsOf(tenant), row));
    }
    await Promise.all([...loads.values()].map((load) => load.open()));
    return find();
  }

  function rowsOf(known: Known): ListingRows<InnerRow> {
    if (opened?.known.tenantId === known.tenantId && opened.known.groupId === known.groupId) return opened.rows;
    opened?.rows.dispose();
    const { tenantId, groupId } = known;
    const key = { list: 'members', tenantId, groupId } as const;
    const rows = createListingRows<Member, InnerRow>(context, row, {
      key,
      total: () => reader.group(tenantId, groupId)?.members.count ?? 0,
      page: (offset, limit) => reader.members(tenantId, groupId, { offset, limit }),
      idOf: ({ id }) => id,
      createRow: (inner) => createRow({ tenantId, groupId, parent: row, idOf: (id) => childId(row.id, id) }, inner),
      emptyLabel: () => t('No members'),
    });
    context.watch(key, row, rows);
    opened = { known, rows };
    return rows;
  }

  function missing(): { readonly look: Look; readonly target: Target } {
    const all = directories();
    const unread = all.find((tenant) => sync.completeness(groupsOf(tenant)).state !== 'complete');
    const label = t('Who is in this group is not known');
    if (unread && sync.completeness(groupsOf(unread)).state === 'loading') {
      return { target: { tenantId: unread.id }, look: noteLook(t('Loading…'), 'loading~spin') };
    }
    if (unread) {
      const advice = t('The groups of “{0}” could not all be read', safeText(unread.name));
      const click = { command: 'tenantExplorer.retry', title: t('Retry') };
      return {
        target: { tenantId: unread.id },
        look: { ...noteLook(label, 'question', advice), context: 'note retry', click },
      };
    }
    if (all.length > 0) {
      return { target: row, look: noteLook(label, 'question', t('None of the connected directories has it')) };
    }
    const click = { command: 'tenantExplorer.addTenant', title: t('Add a Tenant') };
    const advice = t('Connect the Microsoft Entra directory that it belongs to');
    return { target: row, look: { ...noteLook(label, 'question', advice), click } };
  }

  return async () => {
    const known = find() ?? (await look());
    if (known) return rowsOf(known).children();
    const { target } = missing();
    return [createNoteRow(row, 'missing', () => missing().look, undefined, target)];
  };
}

function isDirectory({ provider }: TreeContext, id: string): boolean {
  const found = provider(id);
  return found !== undefined && isServiceProvider(found) && found.isDirectory === true;
}
