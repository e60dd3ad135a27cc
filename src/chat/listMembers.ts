import { isAppError } from '../core/errors.ts';
import { type Completeness, isGuest } from '../core/model.ts';
import { caution, scope, type TenantName, totalOf } from './gaps.ts';
import { readGroup, readPage, readTenant, readText } from './input.ts';
import type { Tool } from './tool.ts';

export interface MembersTold {
  readonly tenant: TenantName;
  readonly group: { readonly id: string; readonly name: string; readonly kind: string };
  readonly completeness: Completeness;
  readonly caution?: string;
  /** Absent where the list is not complete. */
  readonly total?: number;
  /** Of those that are known, how many come behind the rows that are told. */
  readonly leftOut: number;
  readonly members: readonly {
    readonly id: string;
    readonly name: string;
    readonly email?: string;
    readonly identifier: string;
    readonly principalType: string;
    readonly accessRight?: string;
    readonly source?: string;
    readonly isGuest: boolean;
  }[];
  readonly scope: string;
}

/** A group's members, who are loaded where they never were; so are the tenant's groups, if need be. */
export const listMembers: Tool<MembersTold> = {
  name: 'tenant_explorer_list_members',
  plan: ({ reader, t }, input) => {
    const tenant = readTenant(reader, input);
    const wanted = readText(input, 'group');
    const known = groupIfKnown(() => readGroup(reader, tenant, input));
    const doing = t('Listing the members of {0}', known?.name ?? wanted);
    const isHeld = known
      ? known.members.state !== 'notLoaded'
      : reader.completeness({ list: 'groups', tenantId: tenant.id }).state !== 'notLoaded';
    if (isHeld) return { doing };
    const message = t(
      'The members of {0} in {1} were never loaded. The service will be asked for them.',
      known?.name ?? wanted,
      tenant.name,
    );
    return { doing, question: { title: t('Load members?'), message } };
  },
  run: async ({ reader, sync }, input, signal) => {
    const tenant = readTenant(reader, input);
    const { offset, limit } = readPage(input);
    if (!groupIfKnown(() => readGroup(reader, tenant, input)))
      await sync.load({ list: 'groups', tenantId: tenant.id }, { signal });
    const { id, name, kind } = readGroup(reader, tenant, input);
    const completeness = await sync.load({ list: 'members', tenantId: tenant.id, groupId: id }, { signal });
    const members = reader.members(tenant.id, id, { offset, limit });
    const { count = offset + members.length } = completeness;
    return {
      tenant: { id: tenant.id, name: tenant.name },
      group: { id, name, kind },
      completeness,
      ...caution(completeness),
      ...totalOf(completeness, count),
      leftOut: Math.max(0, count - offset - members.length),
      members: members.map((member) => ({
        id: member.id,
        name: member.name,
        ...(member.email === undefined ? {} : { email: member.email }),
        identifier: member.identifier,
        principalType: member.principalType,
        ...(member.accessRight === undefined ? {} : { accessRight: member.accessRight }),
        ...(member.source === undefined ? {} : { source: member.source }),
        isGuest: isGuest(member),
      })),
      scope,
    };
  },
};

function groupIfKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isAppError(error, 'notFound')) return undefined;
    throw error;
  }
}
