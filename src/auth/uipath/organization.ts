import * as z from 'zod/mini';
import { cancelled } from '../../core/errors.ts';
import type { Send } from '../../core/http/http.ts';
import { joinUrl } from '../../core/tenants/endpoint.ts';
import { fetchBySend } from './fetchBySend.ts';
import type { IdentityServer } from './identityServer.ts';

const schema = z.object({ organization: z.object({ name: z.string().check(z.minLength(1)) }) });

/**
 * The organization's name as the portal tells it. Where it may not be asked, UiPath's clouds take the id in its place;
 * an installation of one's own needs none.
 */
export async function organizationName(
  send: Send,
  { portal }: IdentityServer,
  { accessToken, partitionGlobalId }: { readonly accessToken: string; readonly partitionGlobalId: string | undefined },
  signal: AbortSignal,
): Promise<string | undefined> {
  if (portal === undefined || partitionGlobalId === undefined) return undefined;
  const path = ['portal_', 'api', 'filtering', 'leftnav', 'tenantsAndOrganizationInfo'];
  try {
    const headers = { authorization: `Bearer ${accessToken}` };
    const reply = await fetchBySend(send, signal)(joinUrl(portal, partitionGlobalId, ...path), {
      method: 'GET',
      headers,
    });
    return schema.parse(reply.ok ? await reply.json() : undefined).organization.name;
  } catch {
    if (signal.aborted) throw cancelled();
    return partitionGlobalId;
  }
}
