import { AppError, cancelled, toAppError } from '../core/errors.ts';
import { hideToken } from '../core/hideToken.ts';
import type { MemberOf, MemberOfGroup } from '../core/memberOf.ts';
import { type DecodedPage, isServiceProvider, type PageRequest } from '../core/provider.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';
import { isConnectedAs } from './isConnectedAs.ts';
import { readPage } from './loadPages.ts';
import { remembering } from './remembering.ts';

/** One person is not in more groups than these bring. */
const mostPages = 10;

/**
 * Asks a tenant's service for the groups that somebody is in. Writes nothing: a part of the groups and of their members
 * would look like what a load brought.
 * @throws AppError what ended it
 */
export async function askMemberOf(
  syncDeps: SyncDeps & { gateOf(tenantId: string): Gate },
  tenantId: string,
  email: string,
  signal: AbortSignal,
): Promise<MemberOf> {
  const used = new Set<string>();
  const deps = { ...syncDeps, tokens: remembering(syncDeps.tokens, used) };
  const tenant = deps.reader.tenant(tenantId);
  const provider = tenant && deps.provider(tenant.provider);
  if (!tenant || !provider || !isServiceProvider(provider)) {
    throw new AppError('notFound', 'There is no such tenant.');
  }
  try {
    const connection = await deps.connectionOf(tenant);
    const first = provider.requests.memberOf?.(connection, email);
    if (!first) throw new AppError('invalid', 'This tenant cannot be asked for the groups of one person.');
    const reading = {
      provider,
      tenantId,
      connection,
      gate: deps.gateOf(tenantId),
      signal,
      isUrgent: () => true,
      isCurrent: () => isConnectedAs(deps.reader, tenant),
    };
    return await collect(first, (request) =>
      readPage(deps, reading, request, (bytes) => deps.writer.decode(provider.id, request, bytes)),
    );
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    let error = toAppError(thrown);
    for (const token of used) error = hideToken(error, token);
    throw error;
  }
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
