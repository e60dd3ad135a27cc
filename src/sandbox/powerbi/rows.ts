import type { FilterNames } from './filter.ts';
import type { Workspace, WorkspaceMember } from './tenant.ts';

/** What `$expand` of the admin routes can put into a workspace. Of these the sandbox has members only. */
export const EXPANDABLE = ['users', 'reports', 'dashboards', 'datasets', 'dataflows', 'workbooks'] as const;

/** What `$filter` can name. */
export const FILTERABLE: FilterNames = {
  fields: new Set(['id', 'name', 'type', 'state', 'description', 'isReadOnly', 'isOnDedicatedCapacity', 'capacityId']),
};

/** What it can name on the admin routes. */
export const ADMIN_FILTERABLE: FilterNames = {
  ...FILTERABLE,
  lists: new Map([
    ['users', new Set(['groupUserAccessRight', 'emailAddress', 'displayName', 'identifier', 'principalType'])],
  ]),
};

/** A workspace as `GET /groups` sends it: `type` is not in the specification but is in recorded replies. */
export function groupRow(workspace: Workspace): Record<string, unknown> {
  return {
    id: workspace.id,
    isReadOnly: workspace.isReadOnly ?? false,
    isOnDedicatedCapacity: workspace.capacityId !== undefined,
    ...(workspace.capacityId === undefined
      ? {}
      : { capacityId: workspace.capacityId, defaultDatasetStorageFormat: 'Small' }),
    type: workspace.type,
    name: workspace.name,
  };
}

/** A workspace as the admin routes send it. */
export function adminGroupRow(workspace: Workspace): Record<string, unknown> {
  return {
    ...groupRow(workspace),
    ...(workspace.description === undefined ? {} : { description: workspace.description }),
    state: workspace.state,
    hasWorkspaceLevelSettings: false,
  };
}

/** A member as the routes outside of `admin` send it. */
export function memberRow(member: WorkspaceMember): Omit<WorkspaceMember, 'graphId'> {
  const { graphId: _adminOnly, ...row } = member;
  return row;
}

/** The envelope of every list; lists of groups carry the number of rows *in the page* as their count. */
export function envelope(kind: 'groups' | 'users', value: readonly unknown[]): Record<string, unknown> {
  const context = `http://wabi-sandbox-redirect.analysis.windows.net/v1.0/myorg/$metadata#${kind}`;
  return { '@odata.context': context, ...(kind === 'groups' ? { '@odata.count': value.length } : {}), value };
}
