import type { AccessModel } from '../../core/findings/findings.ts';

/** `groupUserAccessRight` as documented for Get Group Users, `type` and `state` as for Get Groups As Admin. */
export const accessModel: AccessModel = {
  rights: { admin: ['Admin'], edit: ['Member', 'Contributor'], other: ['Viewer', 'None'] },
  administered: ['workspace'],
  // Who administers the older kind stands in its Microsoft 365 group; what is deleted has lost its users.
  untold: { type: ['Group'], state: ['Deleted', 'Removing'] },
  // An owner's workspace is deleted with the account, and can be restored for a while.
  ownerless: { state: ['Orphaned', 'Deleted'] },
  namesAll: true,
};
