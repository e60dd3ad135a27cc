import type { PageRequest, ServiceProvider } from '../../src/core/provider.ts';

const request = (): PageRequest => ({ url: '', shape: '', state: {} });

/** Two services, one with clouds, one with an organization. */
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
