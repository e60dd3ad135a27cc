import type { ListingKey } from '../../core/listing.ts';
import type { Target } from '../../core/target.ts';

/** The listing that a row stands for: a tenant's groups, a group's members; of a member, its group's. */
export function listingOf({ tenantId, groupId }: Target): ListingKey {
  return groupId === undefined ? { list: 'groups', tenantId } : { list: 'members', tenantId, groupId };
}
