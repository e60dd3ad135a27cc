import type { Context } from 'hono';
import { guidOf } from '../guid.ts';
import { errorReply, invalidRequest, jsonReply } from './replies.ts';
import type { PowerBITenant, WorkspaceMember } from './tenant.ts';

/** Items on a page; the service itself has more. */
export const MAX_ARTIFACTS = 100;

interface Artifact {
  readonly artifactId: string;
  readonly displayName: string;
  readonly artifactType: 'Report' | 'Dataset' | 'Dashboard';
  readonly accessRight: 'Read' | 'ReadWrite';
}

/**
 * What a user reaches item by item: a report and its data in each workspace that they are a member of themselves, and a
 * dashboard that is shared with everybody.
 */
export function artifactAccess(c: Context, tenant: PowerBITenant): Response {
  const user = c.req.param('user') ?? '';
  const artifacts = artifactsOf(tenant, user);
  if (artifacts.length === 0) return errorReply(404, 'PowerBIEntityNotFound');
  const types = c.req.query('artifactTypes')?.split(',');
  const meant = types ? artifacts.filter(({ artifactType }) => types.includes(artifactType)) : artifacts;
  const from = positionOf(c.req.query('continuationToken'));
  if (from === undefined) return invalidRequest('Parameter continuationToken is missing or invalid');
  const to = from + MAX_ARTIFACTS;
  const page = { artifactAccessEntities: meant.slice(from, to) };
  if (to >= meant.length) return jsonReply(page);
  const continuationToken = encodeURIComponent(Buffer.from(`,${to},0`).toString('base64'));
  const address = new URL(c.req.url);
  address.search = `?continuationToken='${continuationToken}'`;
  return jsonReply({ ...page, continuationUri: address.href, continuationToken });
}

/** The token stands in quotes, as texts do in OData. */
function positionOf(token: string | undefined): number | undefined {
  if (token === undefined) return 0;
  const [, quoted] = /^'(.+)'$/.exec(token) ?? [];
  const [, position] = /^,(\d{1,9}),0$/.exec(Buffer.from(quoted ?? '', 'base64').toString()) ?? [];
  return position === undefined ? undefined : Number(position);
}

function artifactsOf(tenant: PowerBITenant, user: string): readonly Artifact[] {
  const wanted = user.toLowerCase();
  const isMeant = ({ graphId, identifier, emailAddress }: WorkspaceMember) =>
    [graphId, identifier, emailAddress].some((id) => id?.toLowerCase() === wanted);
  const artifacts: Artifact[] = [];
  let isKnown = false;
  for (const workspace of tenant.workspaces.slice(0, tenant.workspaces.length)) {
    const member = tenant.members(workspace).find(isMeant);
    isKnown ||= member !== undefined;
    if (!member || member.groupUserAccessRight === 'None') continue;
    const accessRight = member.groupUserAccessRight === 'Viewer' ? 'Read' : 'ReadWrite';
    for (const artifactType of ['Report', 'Dataset'] as const) {
      const artifactId = guidOf(`${artifactType}/${workspace.id}`);
      artifacts.push({ artifactId, displayName: workspace.name, artifactType, accessRight });
    }
  }
  if (!isKnown) return [];
  const shared = { artifactId: guidOf(`dashboard/${tenant.name}`), displayName: `All of ${tenant.name}` };
  return [...artifacts, { ...shared, artifactType: 'Dashboard', accessRight: 'Read' }];
}
