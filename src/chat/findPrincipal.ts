import { cancelled } from '../core/errors.ts';
import { joinSame } from '../core/samePerson.ts';
import type { FoundGroup, FoundPrincipal, StoreReader } from '../core/store.ts';
import { type Knowledge, knowledge, type TenantName, tenantNames } from './gaps.ts';
import { readPage, readText } from './input.ts';
import type { Tool } from './tool.ts';

export interface PrincipalsTold extends Knowledge {
  readonly principals: readonly {
    readonly name: string;
    readonly email?: string;
    readonly objectId?: string;
    readonly principalType: string;
    readonly isGuest: boolean;
    readonly inTenants: readonly { readonly tenant: TenantName; readonly groups: number }[];
  }[];
  /** How many come behind the rows that are told. */
  readonly leftOut: number;
  readonly groups: readonly { readonly tenant: TenantName; readonly id: string; readonly name: string }[];
  readonly groupsLeftOut: number;
  readonly remark?: string;
}

interface Found {
  readonly principals: readonly FoundPrincipal[];
  readonly groups: readonly FoundGroup[];
  readonly isCut: boolean;
}

/** People, apps and groups in all that was ever loaded. */
export const findPrincipal: Tool<PrincipalsTold> = {
  name: 'tenant_explorer_find_principal',
  plan: ({ t }, input) => ({ doing: t('Looking for {0}', readText(input, 'query')) }),
  run: async ({ reader }, input, signal) => {
    const query = readText(input, 'query');
    const { offset, limit } = readPage(input);
    const { principals, groups, isCut } = await find(reader, query, signal);
    const all = joinSame(principals);
    const nameOf = tenantNames(reader);
    return {
      principals: all.slice(offset, offset + limit).flatMap((same) => tell(same, nameOf)),
      leftOut: Math.max(0, all.length - offset - limit),
      groups: groups.slice(offset, offset + limit).map(({ tenantId, groupId, name }) => ({
        tenant: nameOf(tenantId),
        id: groupId,
        name,
      })),
      groupsLeftOut: Math.max(0, groups.length - offset - limit),
      ...(isCut ? { remark: 'There are more than were looked at: ask for more of the name.' } : {}),
      ...knowledge(reader),
    };
  },
};

async function find(reader: StoreReader, query: string, signal: AbortSignal): Promise<Found> {
  const principals: FoundPrincipal[] = [];
  const groups: FoundGroup[] = [];
  let isCut = false;
  if (signal.aborted) throw cancelled();
  for await (const finding of reader.find(query)) {
    if (signal.aborted) throw cancelled();
    principals.push(...(finding.principals ?? []));
    groups.push(...(finding.groups ?? []));
    isCut ||= finding.isCut === true;
  }
  return { principals, groups, isCut };
}

function tell(
  same: readonly FoundPrincipal[],
  nameOf: (tenantId: string) => TenantName,
): PrincipalsTold['principals'][number][] {
  const [first] = same;
  if (!first) return [];
  const email = same.find((one) => one.email !== undefined)?.email;
  const objectId = same.find((one) => one.objectId !== undefined)?.objectId;
  // One may be shown in a tenant in several ways.
  const counts = new Map<string, number>();
  for (const { tenantId, groups } of same) counts.set(tenantId, (counts.get(tenantId) ?? 0) + groups);
  return [
    {
      name: first.name,
      ...(email === undefined ? {} : { email }),
      ...(objectId === undefined ? {} : { objectId }),
      principalType: first.principalType,
      isGuest: same.some(({ isGuest }) => isGuest),
      inTenants: [...counts].map(([tenantId, groups]) => ({ tenant: nameOf(tenantId), groups })),
    },
  ];
}
