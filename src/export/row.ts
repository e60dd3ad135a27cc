import type { ListingState, TenantRecord } from '../core/model.ts';
import type { SnapshotGroup, SnapshotMember } from '../core/snapshot.ts';

/** One grant, as every format tells it. */
export interface ExportRow {
  readonly tenant: string;
  /** Id of the provider. */
  readonly provider: string;
  readonly groupName: string;
  readonly groupId: string;
  readonly kind: string;
  readonly principalName: string;
  readonly email: string | null;
  readonly principalId: string;
  readonly type: string;
  readonly guest: boolean;
  readonly right: string | null;
  /** Nested groups that are passed; `[]` for a direct grant. */
  readonly path: readonly string[];
  readonly source: string | null;
  /** Of the group's members: when they were read, and how complete they are. */
  readonly asOf: string | null;
  readonly completeness: ListingState;
}

/** In the order of the columns. */
export const columns = [
  'tenant',
  'provider',
  'groupName',
  'groupId',
  'kind',
  'principalName',
  'email',
  'principalId',
  'type',
  'guest',
  'right',
  'path',
  'source',
  'asOf',
  'completeness',
] as const satisfies readonly (keyof ExportRow)[];

/** A direct grant. */
export function exportRow(tenant: TenantRecord, group: SnapshotGroup, member: SnapshotMember): ExportRow {
  return {
    tenant: tenant.name,
    provider: tenant.provider,
    groupName: group.name,
    groupId: group.serviceId,
    kind: group.kind,
    principalName: member.name,
    email: member.email ?? null,
    principalId: member.serviceId,
    type: member.principalType,
    guest: member.isGuest,
    right: member.accessRight ?? null,
    path: [],
    source: member.source ?? null,
    asOf: group.members.asOf ?? null,
    completeness: group.members.state,
  };
}
