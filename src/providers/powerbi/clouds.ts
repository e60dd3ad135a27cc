import type { StoredConnection } from '../../core/model.ts';

/** Hosts by cloud: Microsoft's "Embed content for your national cloud" page of the Power BI documentation. */
const clouds: Readonly<Record<string, { readonly api: string; readonly portal: string; readonly analysis: string }>> = {
  public: { api: 'api.powerbi.com', portal: 'app.powerbi.com', analysis: 'analysis.windows.net' },
  usGov: { api: 'api.powerbigov.us', portal: 'app.powerbigov.us', analysis: 'analysis.usgovcloudapi.net' },
  usGovHigh: {
    api: 'api.high.powerbigov.us',
    portal: 'app.high.powerbigov.us',
    analysis: 'high.analysis.usgovcloudapi.net',
  },
  usGovDod: {
    api: 'api.mil.powerbigov.us',
    portal: 'app.mil.powerbigov.us',
    analysis: 'mil.analysis.usgovcloudapi.net',
  },
  china: { api: 'api.powerbi.cn', portal: 'app.powerbi.cn', analysis: 'analysis.chinacloudapi.cn' },
};

export const hosts: readonly string[] = Object.values(clouds).map(({ api }) => api);

export const endpoints: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clouds).map(([cloud, { api }]) => [cloud, `https://${api}`]),
);

/** The service's ids in Entra, which tokens are asked for. */
export const resources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clouds).map(([cloud, { analysis }]) => [cloud, `https://${analysis}/powerbi/api`]),
);

/** The portal's root; unknown for an endpoint of one's own, unless the connection names its cloud. */
export function portalOf({ endpoint, cloud }: StoredConnection): string | undefined {
  const known = Object.values(clouds).find(({ api }) => endpoint !== undefined && new URL(endpoint).host === api);
  const { portal } = known ?? clouds[cloud ?? (endpoint === undefined ? 'public' : '')] ?? {};
  return portal === undefined ? undefined : `https://${portal}`;
}
