/**
 * Stands for a tenant's users and robots who are in no group, where a group's id stands. Not the id of any group: a
 * service's id is never empty. It is no group for the API, and counts as none.
 */
export const noGroupId = '';
