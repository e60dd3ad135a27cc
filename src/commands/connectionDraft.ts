import type { Cloud, TenantConnection, WorkspaceChoice } from '../core/model.ts';
import { isServiceProvider, type Provider } from '../core/provider.ts';

/** A connection as far as the user has answered. */
export interface ConnectionDraft {
  readonly provider?: Provider;
  readonly name?: string;
  readonly cloud?: Cloud;
  /** The service root is asked for, instead of being the cloud's. */
  readonly isOwnEndpoint?: boolean;
  readonly endpoint?: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
  readonly scope?: 'member' | 'admin';
  /** Of the whole tenant, only some workspaces are wanted. */
  readonly choosesWorkspaces?: boolean;
  readonly choosesCapacities?: boolean;
  readonly workspaces?: WorkspaceChoice;
  readonly accessToken?: string;
}

/** The service root that applies where the user gives none. */
export function defaultEndpoint(provider: Provider | undefined, cloud: Cloud | undefined): string {
  if (!provider || !isServiceProvider(provider)) return '';
  return (cloud ? provider.endpoints[cloud] : undefined) ?? Object.values(provider.endpoints)[0] ?? '';
}

/** The draft of a finished dialog as a connection: what is the service's default is left out. */
export function toConnection(draft: ConnectionDraft): TenantConnection {
  const { provider, name, cloud, endpoint, organization, partitionGlobalId, scope, workspaces, accessToken } = draft;
  const isDefault = !endpoint || endpoint === defaultEndpoint(provider, cloud);
  return {
    provider: provider?.id ?? '',
    name: name ?? '',
    ...(cloud ? { cloud } : {}),
    ...(isDefault ? {} : { endpoint }),
    ...(organization ? { organization } : {}),
    ...(partitionGlobalId ? { partitionGlobalId } : {}),
    ...(scope ? { scope } : {}),
    ...(workspaces ? { workspaces } : {}),
    auth: { method: 'accessToken', accessToken: accessToken ?? '' },
  };
}
