/**
 * What is loaded as one: a tenant's groups, one group's members, or a tenant's directory (who its ids are, where a
 * service lists members by id alone). With `noGroupId` as its group, who is in no group.
 */
export type ListingKey =
  | { readonly list: 'groups' | 'directory'; readonly tenantId: string }
  | { readonly list: 'members'; readonly tenantId: string; readonly groupId: string };

/** A listing's key as text: equal listings have equal keys. */
export function listingId(key: ListingKey): string {
  return JSON.stringify([key.list, key.tenantId, key.list === 'members' ? key.groupId : '']);
}
