import type { StoredConnection } from '../../core/model.ts';

/** Hosts by cloud: Microsoft's "Embed content for your national cloud" page of the Power BI documentation. */
const clouds: Readonly<Record<string, { readonly api: string; readonly portal: string }>> = {
  public: { api: 'api.powerbi.com', portal: 'app.powerbi.com' },
  usGov: { api: 'api.powerbigov.us', portal: 'app.powerbigov.us' },
  usGovHigh: { api: 'api.high.powerbigov.us', portal: 'app.high.powerbigov.us' },
  usGovDod: { api: 'api.mil.powerbigov.us', portal: 'app.mil.powerbigov.us' },
  china: { api: 'api.powerbi.cn', portal: 'app.powerbi.cn' },
};

export const hosts: readonly string[] = Object.values(clouds).map(({ api }) => api);

export const endpoints: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clouds).map(([cloud, { api }]) => [cloud, `https://${api}`]),
);

/** The portal's root; unknown for an endpoint of one's own, unless the connection names its cloud. */
export function portalOf({ endpoint, cloud }: StoredConnection): string | undefined {
  const known = Object.values(clouds).find(({ api }) => endpoint !== undefined && new URL(endpoint).host === api);
  const { portal } = known ?? clouds[cloud ?? (endpoint === undefined ? 'public' : '')] ?? {};
  return portal === undefined ? undefined : `https://${portal}`;
}
