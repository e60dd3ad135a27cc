import type { StoredConnection } from '../../core/model.ts';

/** Hosts by cloud: Microsoft Graph's "National cloud deployments"; the portal is the Entra admin center. */
const clouds: Readonly<Record<string, { readonly api: string; readonly portal: string }>> = {
  public: { api: 'graph.microsoft.com', portal: 'entra.microsoft.com' },
  // GCC has the endpoints of the public cloud.
  usGov: { api: 'graph.microsoft.com', portal: 'entra.microsoft.com' },
  usGovHigh: { api: 'graph.microsoft.us', portal: 'entra.microsoft.us' },
  usGovDod: { api: 'dod-graph.microsoft.us', portal: 'entra.microsoft.us' },
  china: { api: 'microsoftgraph.chinacloudapi.cn', portal: 'entra.microsoftonline.cn' },
};

export const hosts: readonly string[] = [...new Set(Object.values(clouds).map(({ api }) => api))];

export const endpoints: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clouds).map(([cloud, { api }]) => [cloud, `https://${api}`]),
);

/** The admin center's root; unknown for an endpoint of one's own, unless the connection names its cloud. */
export function portalOf({ endpoint, cloud }: StoredConnection): string | undefined {
  const known = Object.values(clouds).find(({ api }) => endpoint !== undefined && new URL(endpoint).host === api);
  const { portal } = known ?? clouds[cloud ?? (endpoint === undefined ? 'public' : '')] ?? {};
  return portal === undefined ? undefined : `https://${portal}`;
}
