import type { TenantRecord } from '../model.ts';

/** Whether two tenants are known to be of one directory: then people have the same ids in both. */
export function isSameDirectory(one: TenantRecord | undefined, other: TenantRecord | undefined): boolean {
  const id = directoryOf(one);
  return id !== undefined && id === directoryOf(other);
}

function directoryOf(tenant: TenantRecord | undefined): string | undefined {
  return tenant?.connection.directoryId?.toLowerCase();
}
