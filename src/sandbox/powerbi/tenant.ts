import { type Rows, type TenantIdentity, tenantIdentity } from '../tenantIdentity.ts';

export type AccessRight = 'None' | 'Viewer' | 'Contributor' | 'Member' | 'Admin';

/** A workspace, in the words of Power BI's API. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly type: 'Workspace' | 'Group' | 'PersonalGroup' | 'Personal';
  readonly state: 'Active' | 'Deleted' | 'Removing';
  readonly description?: string;
  readonly isReadOnly?: boolean;
  /** A workspace that has one runs on dedicated capacity. */
  readonly capacityId?: string;
  /** The account sees the workspace but may not list its members. */
  readonly isMemberListDenied?: boolean;
}

/** A member's row as the admin API sends it; the other routes leave `graphId` out. */
export interface WorkspaceMember {
  readonly groupUserAccessRight: AccessRight;
  readonly emailAddress?: string;
  readonly displayName?: string;
  readonly identifier: string;
  readonly graphId?: string;
  readonly userType?: string;
  readonly principalType: 'None' | 'User' | 'Group' | 'App';
  readonly profile?: { readonly id: string; readonly displayName?: string };
}

/** A Power BI tenant, seen by one account. */
export interface PowerBITenant extends TenantIdentity {
  readonly provider: 'powerbi';
  /** Whether the account's token is accepted on the admin routes. */
  readonly scope: 'member' | 'admin';
  /** The directory that its people and groups are in, where there is one to be asked. */
  readonly directoryId?: string;
  /** Everything in the tenant, as the admin routes list it. */
  readonly workspaces: Rows<Workspace>;
  /** What the account itself can open. */
  readonly myWorkspaces: Rows<Workspace>;
  workspace(id: string): Workspace | undefined;
  members(workspace: Workspace): readonly WorkspaceMember[];
}

/** A workspace together with its members. */
export interface WorkspaceDescription extends Workspace {
  readonly members: readonly WorkspaceMember[];
}

export interface PowerBITenantDescription extends Partial<TenantIdentity> {
  readonly name: string;
  readonly scope?: 'member' | 'admin';
  readonly directoryId?: string;
  readonly workspaces: readonly WorkspaceDescription[];
}

/** Makes a tenant of workspaces that are written down in full. */
export function powerBITenant(description: PowerBITenantDescription): PowerBITenant {
  const { workspaces, directoryId } = description;
  const byId = new Map(workspaces.map((workspace) => [workspace.id.toLowerCase(), workspace]));
  return {
    ...tenantIdentity(description),
    provider: 'powerbi',
    scope: description.scope ?? 'member',
    ...(directoryId === undefined ? {} : { directoryId }),
    workspaces,
    myWorkspaces: workspaces.filter(({ type, state }) => state === 'Active' && !type.startsWith('Personal')),
    workspace: (id) => byId.get(id.toLowerCase()),
    members: (workspace) => byId.get(workspace.id.toLowerCase())?.members ?? [],
  };
}
