import type { ServiceProvider } from '../../core/provider/provider.ts';
import { joinUrl } from '../../core/tenants/endpoint.ts';
import { serviceIdOf } from '../serviceId.ts';
import { endpoints, hosts, portalOf, resources } from './clouds.ts';
import { deniedAdvice, errorMessage, refineKind } from './errors.ts';
import { requests } from './requests.ts';

/** The admin routes make no workspace, and delete none. */
const permissions = {
  member: { read: ['Workspace.Read.All'], change: ['Workspace.ReadWrite.All'] },
  admin: { read: ['Tenant.Read.All'], change: ['Tenant.ReadWrite.All', 'Workspace.ReadWrite.All'] },
} as const;

export const powerbi: ServiceProvider = {
  id: 'powerbi',
  label: 'Power BI',
  icon: 'graph',
  capabilities: [
    ...(['addMember', 'changeAccessRight', 'removeMember', 'createGroup', 'deleteGroup', 'renameGroup'] as const),
    'refreshUserPermissions',
  ],
  adminCapabilities: ['restoreGroup'],
  signInMethods: ['microsoft', 'interactive', 'deviceCode', 'clientCredentials', 'accessToken'],
  identity: 'microsoft',
  fields: ['scope'],
  endpoints,
  resources,
  permissions: ({ scope }, purpose) => permissions[scope === 'admin' ? 'admin' : 'member'][purpose],
  hosts,
  requests,
  writes: async () => (await import('./writes.ts')).writes,
  refineKind,
  errorMessage,
  deniedAdvice,
  portalUrl: (connection, group) => {
    const portal = portalOf(connection);
    if (portal === undefined || group === undefined) return portal;
    return joinUrl(portal, 'groups', serviceIdOf(group), 'list');
  },
};
