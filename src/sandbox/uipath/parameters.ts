import { isGuid } from '../../core/objectId.ts';
import { emptyReply, invalidValue } from './replies.ts';
import type { IdentityGroup, UiPathTenant } from './tenant.ts';

/** The refusal of a partition that is not the organization's own. */
export function partitionProblem(tenant: UiPathTenant, partition: unknown): Response | undefined {
  const isOwn = typeof partition === 'string' && partition.toLowerCase() === tenant.partitionGlobalId.toLowerCase();
  return isOwn ? undefined : invalidValue('partitionGlobalId', typeof partition === 'string' ? partition : undefined);
}

/** The reply about a group, or the refusal of an id that names none or one that may not be opened. */
export function withGroup(
  tenant: UiPathTenant,
  id: string | undefined,
  reply: (group: IdentityGroup) => Response,
): Response {
  if (id === undefined || !isGuid(id)) return invalidValue('groupId', id);
  const group = tenant.group(id);
  if (!group) return emptyReply(404);
  return group.isMemberListDenied ? emptyReply(403) : reply(group);
}
