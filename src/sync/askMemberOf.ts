import type { MemberOf, MemberOfGroup } from '../core/provider/memberOf.ts';
import type { DecodedPage } from '../core/provider/provider.ts';
import type { GroupRow } from '../core/provider/rows.ts';
import { askService } from './askService.ts';
import type { PageRows } from './collectPages.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';

/** One person is not in more groups than these bring. */
const mostPages = 10;

/**
 * Asks a tenant's service for the groups that somebody is in. Writes nothing.
 * @throws AppError what ended it before anything came
 */
export async function askMemberOf(
  deps: SyncDeps & { gateOf(tenantId: string): Gate },
  tenantId: string,
  email: string,
  signal: AbortSignal,
): Promise<MemberOf> {
  const { rows, ...about } = await askService(
    deps,
    { tenantId, first: (requests, connection) => requests.memberOf?.(connection, email), rowsOf, mostPages },
    signal,
  );
  return { groups: rows, ...about };
}

function rowsOf({ groups = [], malformed }: DecodedPage): PageRows<MemberOfGroup> {
  const unread = groups.reduce((sum, { malformedMembers = 0 }) => sum + malformedMembers, malformed);
  return { rows: groups.map((group) => [group.id, memberOfGroup(group)]), unread };
}

/** A group in which the person has the right `None` alone gives no access. */
function memberOfGroup({ id, name, kind, members = [] }: GroupRow): MemberOfGroup | 'leftOut' {
  const meant = members.filter(({ accessRight }) => accessRight !== 'None');
  if (members.length > 0 && meant.length === 0) return 'leftOut';
  const rights = meant.flatMap(({ accessRight }) => (accessRight === undefined ? [] : [accessRight]));
  return { groupId: id, name: name ?? id, kind: kind ?? 'unknown', rights: [...new Set(rights)] };
}
