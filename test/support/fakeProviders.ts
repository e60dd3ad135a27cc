import type { PageRequest, ServiceProvider } from '../../src/core/provider/provider.ts';

const request = (): PageRequest => ({ url: '', shape: '', state: {} });

/** Three services: one with clouds, one with an organization, one whose groups are members of others. */
export const fakeProviders: readonly ServiceProvider[] = [
  fakeProvider({
    id: 'powerbi',
    label: 'Power BI',
    endpoints: { public: 'https://api.powerbi.com', china: 'https://api.powerbi.cn' },
    hosts: ['api.powerbi.com', 'api.powerbi.cn'],
    fields: ['scope'],
  }),
  fakeProvider({
    id: 'uipath',
    label: 'UiPath',
    endpoints: { public: 'https://cloud.uipath.com' },
    hosts: ['cloud.uipath.com'],
    fields: ['organization', 'partitionGlobalId'],
    portalUrl: () => undefined,
    requests: { groups: request, members: request, ungrouped: request },
  }),
  fakeProvider({
    id: 'entra',
    label: 'Entra',
    endpoints: { public: 'https://graph.microsoft.com' },
    hosts: ['graph.microsoft.com'],
    fields: [],
    isDirectory: true,
  }),
];

function fakeProvider(
  fields: Pick<ServiceProvider, 'id' | 'label' | 'endpoints' | 'hosts' | 'fields'> & Partial<ServiceProvider>,
): ServiceProvider {
  return {
    icon: 'graph',
    capabilities: ['addMember'],
    signInMethods: ['accessToken'],
    requests: { groups: request, members: request },
    refineKind: () => undefined,
    errorMessage: () => undefined,
    portalUrl: (connection, group) => `${connection.endpoint ?? 'https://portal.example'}/${group?.id ?? ''}`,
    ...fields,
  };
}
