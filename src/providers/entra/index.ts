import type { ServiceProvider } from '../../core/provider/provider.ts';
import { serviceIdOf } from '../serviceId.ts';
import { endpoints, hosts, portalOf } from './clouds.ts';
import { errorMessage, refineKind } from './errors.ts';
import { requests } from './requests.ts';

export const entra: ServiceProvider = {
  id: 'entra',
  label: 'Microsoft Entra ID',
  icon: 'azure',
  capabilities: [],
  signInMethods: ['microsoft', 'interactive', 'deviceCode', 'clientCredentials', 'accessToken'],
  identity: 'microsoft',
  fields: [],
  isDirectory: true,
  endpoints,
  // Graph's address is also its id.
  resources: endpoints,
  permissions: () => ['GroupMember.Read.All', 'Member.Read.Hidden'],
  hosts,
  requests,
  writes: async () => (await import('./writes.ts')).writes,
  refineKind,
  errorMessage,
  portalUrl: (connection, group) => {
    const portal = portalOf(connection);
    if (portal === undefined || group === undefined) return portal;
    const id = encodeURIComponent(serviceIdOf(group));
    return `${portal}/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/${id}`;
  },
};
