import type { Completeness } from '../core/model.ts';
import { type MemberListGaps, memberListGaps } from './gaps.ts';
import type { Tool } from './tool.ts';

export interface TenantsTold {
  readonly tenants: readonly {
    readonly id: string;
    readonly name: string;
    readonly provider: string;
    readonly account?: string;
    readonly isSample: boolean;
    readonly isSignedOut: boolean;
    readonly groups: Completeness;
    readonly knownGroups: number;
    readonly incompleteMemberLists: MemberListGaps;
  }[];
}

/** The connected tenants, and how much is known of each. */
export const listTenants: Tool<TenantsTold> = {
  name: 'tenant_explorer_list_tenants',
  plan: ({ t }) => ({ doing: t('Looking at the connected tenants') }),
  run: async ({ reader, sync }) => ({
    tenants: reader.tenants().map(({ id, name, provider, account, isSample, isSignedOut = false }) => ({
      id,
      name,
      provider,
      ...(account === undefined ? {} : { account }),
      isSample,
      isSignedOut,
      groups: sync.completeness({ list: 'groups', tenantId: id }),
      knownGroups: reader.countGroups(id),
      incompleteMemberLists: memberListGaps(reader, id),
    })),
  }),
};
