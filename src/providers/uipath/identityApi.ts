import { joinUrl } from '../../core/tenants/endpoint.ts';
import { splitIdentity } from '../../core/tenants/identityService.ts';

/**
 * The root of the Identity API. Automation Cloud has it below the organization; Automation Suite and older tokens
 * without. An organization that the endpoint has already is not put in twice.
 */
export function identityApi(root: string, organization: string | undefined): string {
  const { base, service } = splitIdentity(root);
  return joinUrl(organizationRoot(base, organization), service, 'api');
}

/** An organization's page in the portal; a server on this machine (plain http) has none. */
export function portalOf(root: string, organization: string | undefined): string | undefined {
  return organization && root.startsWith('https:')
    ? joinUrl(organizationRoot(splitIdentity(root).base, organization), 'portal_')
    : undefined;
}

function organizationRoot(base: string, organization: string | undefined): string {
  if (!organization) return base;
  const withOrganization = joinUrl(base, organization);
  const given = new URL(base).pathname.split('/').at(-1) ?? '';
  const isThere = given !== '' && given.toLowerCase() === withOrganization.slice(base.length + 1).toLowerCase();
  return isThere ? base : withOrganization;
}
