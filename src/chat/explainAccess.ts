import { cancelled } from '../core/errors.ts';
import type { Access } from '../core/model.ts';
import type { AccessSlice } from '../core/store.ts';
import { type Knowledge, knowledge, scope, type TenantName, tenantNames } from './gaps.ts';
import { readPage, readText } from './input.ts';
import type { Tool } from './tool.ts';

export interface AccessTold extends Knowledge {
  readonly access: readonly {
    readonly who: {
      readonly name: string;
      readonly email?: string;
      readonly identifier: string;
      readonly principalType: string;
    };
    readonly tenant: TenantName;
    readonly group: { readonly id: string; readonly name: string };
    readonly accessRight?: string;
    readonly isDirect: boolean;
    /** Names of the nested groups passed, from the principal to the group. */
    readonly through: readonly string[];
  }[];
  /** How many come behind the rows that are told. */
  readonly leftOut: number;
  readonly remarks?: readonly string[];
  readonly scope: string;
}

/** So many grants are counted; who asks for everybody is told that there are more. */
const mostCounted = 10_000;

/** What the principals that are meant reach, and by which way. */
export const explainAccess: Tool<AccessTold> = {
  name: 'tenant_explorer_explain_access',
  plan: ({ t }, input) => ({ doing: t('Looking up what {0} can reach', readText(input, 'who')) }),
  run: async ({ reader }, input, signal) => {
    const query = readText(input, 'who');
    const { offset, limit } = readPage(input);
    const found: Access[] = [];
    const remarks = new Set<string>();
    let count = 0;
    if (signal.aborted) throw cancelled();
    for await (const slice of reader.access(query)) {
      if (signal.aborted) throw cancelled();
      for (const item of slice.items) {
        if (count >= offset && found.length < limit) found.push(item);
        count++;
      }
      for (const remark of remarksOn(slice)) remarks.add(remark);
      if (count < mostCounted || found.length < limit) continue;
      remarks.add('There are more grants than were counted: ask for one person, app or group.');
      break;
    }
    const known = knowledge(reader);
    const nameOf = tenantNames(reader);
    return {
      access: found.map((one) => tell(one, nameOf(one.tenantId))),
      leftOut: Math.max(0, count - offset - found.length),
      ...known,
      isEverythingKnown: known.isEverythingKnown && remarks.size === 0,
      ...(remarks.size === 0 ? {} : { remarks: [...remarks] }),
      scope,
    };
  },
};

function remarksOn({ isCut, unknownGroups = 0 }: AccessSlice): readonly string[] {
  const told: string[] = [];
  if (isCut) told.push('There are more ways through nested groups than are told.');
  if (unknownGroups > 0)
    told.push(
      `Groups that are members somewhere and not loaded: ${unknownGroups}. What comes through them is not told.`,
    );
  return told;
}

function tell({ groupId, groupName, member, path }: Access, tenant: TenantName): AccessTold['access'][number] {
  const { name, email, identifier, principalType, accessRight } = member;
  return {
    who: { name, ...(email === undefined ? {} : { email }), identifier, principalType },
    tenant,
    group: { id: groupId, name: groupName },
    ...(accessRight === undefined ? {} : { accessRight }),
    isDirect: path.length === 0,
    through: path,
  };
}
