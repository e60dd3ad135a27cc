import type { KnownPrincipal } from '../access/found.ts';
import { cancelled } from '../errors.ts';
import { isGuest } from '../model.ts';
import type { StoreReader } from '../store.ts';
import { sortKey } from '../text/text.ts';
import { sortInTurns } from '../turns/sortInTurns.ts';
import { createTurns } from '../turns/turns.ts';
import type { ChangePrincipal } from './changes.ts';
import { principalOf } from './planWorld.ts';

/** A membership of somebody's own, and how the service there knows them. */
export interface DirectAccess {
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly principal: ChangePrincipal;
  readonly accessRight?: string;
  readonly isGuest: boolean;
}

/** As many of a principal's memberships as the store tells. */
const mostTold = 1000;

/**
 * The memberships that somebody has themselves, of what is loaded: in the tenants' order, then by the groups' names.
 * @throws AppError `cancelled`
 */
export async function directAccess(
  reader: StoreReader,
  principals: readonly KnownPrincipal[],
  signal: AbortSignal,
): Promise<{ readonly items: readonly DirectAccess[]; readonly isCut: boolean }> {
  const turns = createTurns();
  const items: DirectAccess[] = [];
  let isCut = false;
  for (const { id: tenantId } of reader.tenants()) {
    const own: DirectAccess[] = [];
    for (const { key } of principals.filter((one) => one.tenantId === tenantId)) {
      const memberships = await reader.membershipsOf(key);
      isCut ||= memberships.length >= mostTold;
      for (const { groupId, groupName, memberId } of memberships) {
        const member = reader.member(tenantId, groupId, memberId);
        if (turns.isOver()) await turns.next();
        if (signal.aborted) throw cancelled();
        if (!member) continue;
        const { accessRight } = member;
        const about = { tenantId, groupId, groupName, principal: principalOf(member), isGuest: isGuest(member) };
        own.push(accessRight === undefined ? about : { ...about, accessRight });
      }
    }
    items.push(...(await sortInTurns(own, ({ groupName }) => sortKey(groupName), turns)));
  }
  return { items, isCut };
}
