/** Of `listing.grp`: the tenant's groups. */
export const groupsListing = 0;
/** Of `listing.grp`: the tenant's directory. */
export const directoryListing = -1;

/**
 * The same, and of `member.grp`: a tenant's members in no group. Different for each tenant, because memberships name
 * no tenant; below zero, because no group counts them.
 */
export const noGroupOf = (tenant: number): number => -1 - tenant;
/** The same in SQL, of a row of `tenant t`. */
export const noGroupOfTenant = '(-1 - t.key)';
