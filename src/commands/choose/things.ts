import { AppError } from '../../core/errors.ts';
import type { Member, TenantRecord } from '../../core/model.ts';
import type { GroupWithMembers, StoreReader } from '../../core/store.ts';
import type { Target } from '../../core/target.ts';

/** What a row is about, as the store holds it. */
export interface Thing {
  readonly tenant: TenantRecord;
  readonly group?: GroupWithMembers;
  readonly member?: Member;
}

/** @throws AppError `notFound` for a row whose thing is gone */
export function thingOf(reader: StoreReader, { tenantId, groupId, memberId }: Target): Thing {
  const tenant = reader.tenant(tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  if (groupId === undefined) return { tenant };
  const group = reader.group(tenantId, groupId);
  if (!group) throw new AppError('notFound', 'There is no such group in this tenant.');
  if (memberId === undefined) return { tenant, group };
  const member = reader.member(tenantId, groupId, memberId);
  if (!member) throw new AppError('notFound', 'There is no such member in this group.');
  return { tenant, group, member };
}

export function nameOf({ tenant, group, member }: Thing): string {
  return (member ?? group ?? tenant).name;
}

/** The service's own id; of a tenant, what tells it from the service's others. */
export function serviceId({ tenant, group, member }: Thing): string {
  if (!group) return tenant.connection.directoryId ?? tenant.connection.partitionGlobalId ?? tenant.id;
  const own = (member ?? group).details.id;
  return typeof own === 'string' ? own : (member?.identifier ?? group.id);
}

/** As JSON shows it, without what is for the view only. */
export function plain({ tenant, group, member }: Thing): Readonly<Record<string, unknown>> {
  const { id, provider, name, account } = tenant;
  if (!group)
    return { id, provider, name, ...(account === undefined ? {} : { account }), connection: tenant.connection };
  const { members: _, ...groupFields } = group;
  if (!member) return { ...groupFields };
  return { tenantId: tenant.id, groupId: group.id, groupName: group.name, ...member };
}

/** Several texts for the clipboard, one a line; a line break inside would make two of one. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\r\n]+/g, ' ')).join('\n');
}
