import { AppError } from '../../core/errors.ts';
import type { StoredConnection } from '../../core/model.ts';
import { isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import { isKnownHost, joinUrl, serviceRoot } from '../../core/tenants/endpoint.ts';
import { splitIdentity } from '../../core/tenants/identityService.ts';

/** Where an organization's people and applications get their tokens. */
export interface IdentityServer {
  /** Of the host, not of the organization: organizations that sign in by Entra refuse their own. */
  readonly root: string;
  /** The organizations' portal; absent for installations of one's own. */
  readonly portal?: string;
}

/** @throws AppError `invalid` for a provider that is not there, or a cloud that the service does not run in */
export function identityServerOf(connection: StoredConnection, provider: Provider | undefined): IdentityServer {
  if (!provider || !isServiceProvider(provider))
    throw new AppError('invalid', 'The provider of the tenant is not here.');
  const root = serviceRoot(connection, provider.endpoints);
  const { origin } = new URL(root);
  // In UiPath's own clouds a path can only be the organization's.
  if (isKnownHost(root, provider.hosts)) return { root: joinUrl(origin, 'identity_'), portal: origin };
  const { base, service } = splitIdentity(root);
  return { root: joinUrl(withoutOrganization(base, connection.organization), service) };
}

function withoutOrganization(base: string, organization: string | undefined): string {
  const end = organization === undefined ? undefined : `/${encodeURIComponent(organization)}`.toLowerCase();
  const hasIt = end !== undefined && new URL(base).pathname.toLowerCase().endsWith(end);
  return hasIt ? base.slice(0, -end.length) : base;
}
