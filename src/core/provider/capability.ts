/** What a provider can change; the tree turns these into `contextValue` flags. */
export type Capability =
  | 'addMember'
  | 'changeAccessRight'
  | 'removeMember'
  | 'createGroup'
  | 'deleteGroup'
  | 'renameGroup'
  | 'restoreGroup'
  | 'refreshUserPermissions';
