import type { Directory, SignedIn } from '../../core/auth/signIn.ts';
import type { Auth, Cloud, SignInMethod, TenantConnection, WorkspaceChoice } from '../../core/model.ts';
import { isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import type { TenantDraft } from '../../core/tenants/tenants.ts';

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
  readonly method?: SignInMethod;
  readonly clientId?: string;
  /** How an application proves itself. */
  readonly credential?: 'secret' | 'keyFile' | 'pastedKey';
  readonly directoryId?: string;
  /** Begun by signing in, and as whom; absent where that was not done, or failed. */
  readonly begun?: TenantDraft;
  readonly signedIn?: SignedIn;
  /** Those that were chosen of the account's. */
  readonly directories?: readonly Directory[];
  readonly accessToken?: string;
  readonly clientSecret?: string;
  readonly privateKey?: string;
  /** The certificate's; typed where the certificate itself was not given. */
  readonly thumbprint?: { readonly value: string; readonly isTyped: boolean };
}

/** The service root that applies where the user gives none. */
export function defaultEndpoint(provider: Provider | undefined, cloud: Cloud | undefined): string {
  if (!provider || !isServiceProvider(provider)) return '';
  return (cloud ? provider.endpoints[cloud] : undefined) ?? Object.values(provider.endpoints)[0] ?? '';
}

/** The draft of a finished dialog as a connection: what is the service's default is left out. */
export function toConnection(draft: ConnectionDraft): TenantConnection {
  const { provider, name, cloud, endpoint, organization, partitionGlobalId, scope, workspaces, directoryId } = draft;
  const isDefault = !endpoint || endpoint === defaultEndpoint(provider, cloud);
  return {
    provider: provider?.id ?? '',
    // Where a person signs in, the name is asked for afterwards.
    name: name || (draft.signedIn?.account ?? provider?.label ?? ''),
    ...(cloud ? { cloud } : {}),
    ...(isDefault ? {} : { endpoint }),
    ...(organization ? { organization } : {}),
    ...(partitionGlobalId ? { partitionGlobalId } : {}),
    ...(directoryId ? { directoryId } : {}),
    ...(scope ? { scope } : {}),
    ...(workspaces ? { workspaces } : {}),
    auth: authOf(draft) ?? { method: 'accessToken', accessToken: '' },
  };
}

/** The way of signing in; nothing where its secret was not given. */
export function authOf(draft: ConnectionDraft): Auth | undefined {
  const { method = 'accessToken', clientId = '', accessToken, clientSecret, privateKey, thumbprint } = draft;
  switch (method) {
    case 'accessToken':
      return accessToken ? { method, accessToken } : undefined;
    case 'microsoft':
      return { method };
    case 'clientCredentials':
      if (privateKey && thumbprint) {
        return { method, clientId, certificate: { privateKey, thumbprintSha256: thumbprint.value } };
      }
      return clientSecret ? { method, clientId, clientSecret } : undefined;
    default:
      return { method, clientId };
  }
}
