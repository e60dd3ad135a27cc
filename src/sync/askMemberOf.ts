import type { MemberOf, MemberOfGroup } from '../core/provider/memberOf.ts';
import type { DecodedPage, PageRequest } from '../core/provider/provider.ts';
import { askService } from './askService.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';

/** One person is not in more groups than these bring. */
const mostPages = 10;

/** Asks a tenant's service for the groups that somebody is in. Writes nothing. @throws AppError what ended it */
export function askMemberOf(
  deps: SyncDeps & { gateOf(tenantId: string): Gate },
  tenantId: string,
  email: string,
  signal: AbortSignal,
): Promise<MemberOf> {
  return askService(
    deps,
    { tenantId, first: (requests, connection) => requests.memberOf?.(connection, email), collect },
    signal,
  );
}

async function collect(first: PageRequest, page: (request: PageRequest) => Promise<DecodedPage>): Promise<MemberOf> {
  const asOf = new Date().toISOString();
  const groups = new Map<string, MemberOfGroup>();
  let problem: string | undefined;
  let request: PageRequest | undefined = first;
  for (let pages = 1; request; pages++) {
    const reply: DecodedPage = await page(request);
    const { groups: rows = [], malformed, next, problem: told } = reply;
    const before = groups.size;
    let unread = malformed;
    for (const { id, name, kind, members = [], malformedMembers = 0 } of rows) {
      unread += malformedMembers;
      const meant = members.filter(({ accessRight }) => accessRight !== 'None');
      if (members.length > 0 && meant.length === 0) continue;
      const rights = meant.flatMap(({ accessRight }) => (accessRight === undefined ? [] : [accessRight]));
      groups.set(id, { groupId: id, name: name ?? id, kind: kind ?? 'unknown', rights: [...new Set(rights)] });
    }
    problem ??= told?.reason;
    if (unread > 0) problem ??= 'The service sent rows that could not be read.';
    request = next;
    if (next && rows.length > 0 && groups.size === before) {
      problem ??= 'The service sent the same page twice.';
      request = undefined;
    }
    if (next && pages >= mostPages) {
      problem ??= `The service sent ${mostPages} pages, and there were more.`;
      request = undefined;
    }
  }
  return { groups: [...groups.values()], asOf, ...(problem === undefined ? {} : { problem }) };
}
