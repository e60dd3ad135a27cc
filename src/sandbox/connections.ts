import type { SandboxTenant } from './tenant.ts';

/** How to connect to a tenant of the sandbox. */
export interface SandboxConnection {
  readonly provider: 'powerbi' | 'uipath' | 'entra';
  readonly name: string;
  readonly endpoint: string;
  readonly directoryId?: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
  readonly scope?: 'member' | 'admin';
  readonly auth: { readonly method: 'accessToken'; readonly accessToken: string };
}

/** The connection to a tenant that is served at an origin. */
export function connectionTo(tenant: SandboxTenant, origin: string): SandboxConnection {
  const connection = {
    name: tenant.name,
    endpoint: `${origin}/${tenant.path}`,
    auth: { method: 'accessToken', accessToken: tenant.accessToken },
  } as const;
  if (tenant.provider === 'powerbi') {
    const { scope, directoryId } = tenant;
    return { provider: 'powerbi', ...connection, scope, ...(directoryId === undefined ? {} : { directoryId }) };
  }
  if (tenant.provider === 'entra') return { provider: 'entra', ...connection, directoryId: tenant.directoryId };
  const { organization, partitionGlobalId } = tenant;
  return { provider: 'uipath', ...connection, organization, partitionGlobalId };
}
