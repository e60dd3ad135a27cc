import type { Completeness } from '../core/model.ts';
import { caution, type TenantName, totalOf } from './gaps.ts';
import { readOptionalText, readPage, readTenant } from './input.ts';
import type { Tool } from './tool.ts';

export interface GroupsTold {
  readonly tenant: TenantName;
  readonly completeness: Completeness;
  readonly caution?: string;
  /** Groups that match. Absent where the list is not complete. */
  readonly total?: number;
  /** Of those that are known, how many come behind the rows that are told. */
  readonly leftOut: number;
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    /** How complete its list of members is. */
    readonly members: Completeness;
  }[];
}

/** A tenant's groups, which are loaded where they never were. */
export const listGroups: Tool<GroupsTold> = {
  name: 'tenant_explorer_list_groups',
  plan: ({ reader, t }, input) => {
    const { id: tenantId, name } = readTenant(reader, input);
    const doing = t('Listing the groups of {0}', name);
    if (reader.completeness({ list: 'groups', tenantId }).state !== 'notLoaded') return { doing };
    const message = t('The groups of {0} were never loaded. Its service will be asked for them.', name);
    return { doing, question: { title: t('Load groups?'), message } };
  },
  run: async ({ reader, sync }, input, signal) => {
    const { id, name } = readTenant(reader, input);
    const filter = readOptionalText(input, 'filter');
    const page = readPage(input);
    const completeness = await sync.load({ list: 'groups', tenantId: id }, { signal });
    const groups = reader.groups(id, { ...page, ...(filter === undefined ? {} : { filter }) });
    const count = reader.countGroups(id, filter);
    return {
      tenant: { id, name },
      completeness,
      ...caution(completeness),
      ...totalOf(completeness, count),
      leftOut: Math.max(0, count - page.offset - groups.length),
      groups: groups.map(({ id: groupId, name: groupName, kind, members }) => ({
        id: groupId,
        name: groupName,
        kind,
        members,
      })),
    };
  },
};
