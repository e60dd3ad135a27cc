import { joinUrl } from '../../core/tenants/endpoint.ts';

/**
 * The root of the Identity API. Automation Cloud has it below the organization; Automation Suite and older tokens
 * without. An endpoint that ends in `/identity` or `/identity_` (a standalone installation has the former) says by
 * that how the service is called, and an organization that it has already is not put in twice.
 */
export function identityApi(root: string, organization: string | undefined): string {
  const { base, service } = split(root);
  return joinUrl(organizationRoot(base, organization), service, 'api');
}

/** An organization's page in the portal; a server on this machine (plain http) has none. */
export function portalOf(root: string, organization: string | undefined): string | undefined {
  return organization && root.startsWith('https:')
    ? joinUrl(organizationRoot(split(root).base, organization), 'portal_')
    : undefined;
}

function split(root: string): { base: string; service: string } {
  const match = /^(.*)\/(identity_?)$/i.exec(root);
  // A lone host may be called "identity" too: what is replaced is a segment of the path.
  return match?.[1] && match[2] && !match[1].endsWith('/')
    ? { base: match[1], service: match[2] }
    : { base: root, service: 'identity_' };
}

function organizationRoot(base: string, organization: string | undefined): string {
  if (!organization) return base;
  const withOrganization = joinUrl(base, organization);
  const given = new URL(base).pathname.split('/').at(-1) ?? '';
  const isThere = given !== '' && given.toLowerCase() === withOrganization.slice(base.length + 1).toLowerCase();
  return isThere ? base : withOrganization;
}
