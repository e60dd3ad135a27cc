/** Of `listing.grp`: the tenant's groups. */
export const groupsListing = 0;
/** Of `listing.grp`: the tenant's directory. */
export const directoryListing = -1;
