import type { WorkspaceChoice, WorkspaceSort } from '../../core/model.ts';

/** As documented for Get Groups As Admin: an enumeration's values are written with its name there. */
const hasAdministrator =
  "users/any(u: u/groupUserAccessRight eq Microsoft.PowerBI.ServiceContracts.Api.GroupUserAccessRight'Admin')";

/**
 * What keeps the others. Only a living workspace of the current kind can be orphaned: the service tells nothing of who
 * administers the older kinds, and deleted ones have lost their users.
 */
const keepsOthers: Readonly<Record<WorkspaceSort, string>> = {
  personal: "type ne 'PersonalGroup' and type ne 'Personal'",
  deleted: "state ne 'Deleted'",
  orphaned: `(type ne 'Workspace' or state eq 'Deleted' or ${hasAdministrator})`,
};

/** The `$filter` of `admin/groups` for the workspaces that are wanted; nothing where all are. */
export function workspaceFilter({ leaveOut = [], capacityIds = [] }: WorkspaceChoice = {}): string | undefined {
  // The service writes these ids in upper case in some places and in lower case in others.
  const capacities = capacityIds.map((id) => `tolower(capacityId) eq ${quoted(id.toLowerCase())}`).join(' or ');
  const conditions = [...leaveOut.map((sort) => keepsOthers[sort]), ...(capacities ? [`(${capacities})`] : [])];
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

/** Members with this e-mail address, in whichever case, as Microsoft's own PowerShell module asks for them. */
export function hasMember(email: string): string {
  return `users/any(u: tolower(u/emailAddress) eq ${quoted(email.toLowerCase())})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
