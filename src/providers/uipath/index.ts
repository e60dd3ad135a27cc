import type { ServiceProvider } from '../../core/provider/provider.ts';
import { serviceRoot } from '../../core/tenants/endpoint.ts';
import { deniedAdvice, errorMessage, refineKind } from './errors.ts';
import { endpoints, hosts } from './hosts.ts';
import { portalOf } from './identityApi.ts';
import { requests } from './requests.ts';

export const uipath: ServiceProvider = {
  id: 'uipath',
  label: 'UiPath',
  icon: 'robot',
  capabilities: ['addMember', 'removeMember', 'createGroup', 'deleteGroup', 'renameGroup'],
  signInMethods: ['oauth', 'clientCredentials', 'accessToken'],
  identity: 'uipath',
  fields: ['organization', 'partitionGlobalId'],
  endpoints,
  hosts,
  requests,
  writes: async () => (await import('./writes.ts')).writes,
  refineKind,
  errorMessage,
  deniedAdvice,
  // The address of a group's own page is not documented.
  portalUrl: (connection) => portalOf(serviceRoot(connection, endpoints), connection.organization),
};
