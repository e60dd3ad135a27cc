import type { Completeness, TenantRecord } from '../core/model.ts';
import type { StoreReader } from '../core/store.ts';

/** A tenant as results name it. */
export interface TenantName {
  readonly id: string;
  readonly name: string;
}

/** Groups whose members are not complete, by state; only states that there are. */
export type MemberListGaps = Readonly<
  Partial<Record<'notLoaded' | 'partial' | 'denied' | 'throttled' | 'failed', number>>
>;

/** What is not known of a tenant. */
export interface TenantGap {
  readonly tenant: TenantName;
  /** How complete its list of groups is. */
  readonly groups: Completeness;
  /** How many groups' members are not complete. */
  readonly memberLists: MemberListGaps;
}

/** How much of all tenants is known. */
export interface Knowledge {
  readonly isEverythingKnown: boolean;
  /** When the oldest of it was read. */
  readonly asOf?: string;
  readonly gaps?: readonly TenantGap[];
  readonly advice?: string;
}

/** What no tool tells, however complete everything is. */
export const scope =
  'Workspace roles and group memberships are not all access: items shared one by one, audiences of apps and roles on folders are not known here.';

/** What is found in all tenants is all there is only if nothing is missing. */
export function knowledge(reader: StoreReader): Knowledge {
  const tenants = reader.tenants();
  const gaps = tenants.flatMap((tenant) => gapOf(reader, tenant));
  const [asOf] = tenants
    .flatMap(({ id }) => [reader.completeness({ list: 'groups', tenantId: id }).asOf, reader.memberListings(id).asOf])
    .filter((time) => time !== undefined)
    .sort();
  return {
    isEverythingKnown: gaps.length === 0,
    ...(asOf === undefined ? {} : { asOf }),
    ...(gaps.length === 0 ? {} : { gaps, advice }),
  };
}

/** What a model should know where a listing is not complete; nothing where it is. */
export function caution({ state }: Completeness): { readonly caution?: string } {
  if (state === 'complete') return {};
  return {
    caution: `This list is ${state}, so it is not all there is: who is missing here may be there all the same.`,
  };
}

/** How many there are; nothing where that is not known: what is held is not all there is, and 0 would mean nobody. */
export function totalOf({ state }: Completeness, held: number): { readonly total?: number } {
  return state === 'complete' ? { total: held } : {};
}

export function memberListGaps(reader: StoreReader, tenantId: string): MemberListGaps {
  const { notLoaded, partial, denied, throttled, failed } = reader.memberListings(tenantId);
  const counts = { notLoaded, partial, denied, throttled, failed };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** Names tenants by their ids. */
export function tenantNames(reader: StoreReader): (id: string) => TenantName {
  const names = new Map(reader.tenants().map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

function gapOf(reader: StoreReader, { id, name }: TenantRecord): TenantGap[] {
  const groups = reader.completeness({ list: 'groups', tenantId: id });
  const memberLists = memberListGaps(reader, id);
  const isWhole = groups.state === 'complete' && Object.keys(memberLists).length === 0;
  return isWhole ? [] : [{ tenant: { id, name }, groups, memberLists }];
}

const advice =
  'Not everything is loaded, so who is not found may have access all the same. The user can run "Load the Whole Tenant"; never conclude that there is no access.';
