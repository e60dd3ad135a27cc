import { type Completeness, isGuest, type Member, type TenantRecord } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { GroupSummary } from '../core/store.ts';
import { safeText } from '../core/text/text.ts';
import type { Words } from './words.ts';

/** Beside a tenant's name, what matters most first, for a narrow view cuts the end off. */
export function tenantDescription(
  words: Words,
  tenant: TenantRecord,
  groups: Completeness,
  filter: string | undefined,
): string {
  const { t } = words;
  return joined([
    filter === undefined ? undefined : t('filter “{0}”', safeText(filter)),
    tenant.isSignedOut ? t('signed out') : undefined,
    tenant.allowsChanges ? t('changes allowed') : undefined,
    listingState(words, groups),
    held(words, groups),
    groups.state === 'loading' || groups.asOf === undefined ? undefined : words.age(groups.asOf),
    tenant.isSample ? t('Sample') : undefined,
    tenant.account === undefined ? undefined : safeText(tenant.account),
  ]);
}

/** Beside a group's name; ends with the member count once it is known. */
export function groupDescription(words: Words, { id, members }: GroupSummary, filter?: string): string {
  const counted = (rows: number) => (id === noGroupId ? words.number(rows) : memberCount(words, rows));
  const { state, count = 0 } = members;
  const shows = filter === undefined ? undefined : words.t('filter “{0}”', safeText(filter));
  if (state === 'notLoaded' || state === 'loading') return shows ?? '';
  const isCounted = state === 'complete' || members.asOf !== undefined || count > 0;
  return joined([shows, listingState(words, members), isCounted ? counted(count) : undefined]);
}

/** Beside a member's name; begins with the access right where there is one. */
export function memberDescription({ t }: Words, member: Member): string {
  const { accessRight, email } = member;
  return joined([
    accessRight === undefined ? undefined : safeText(accessRight),
    // Before the address: a guest's is long, and cut off in a narrow side bar.
    isGuest(member) ? t('Guest') : undefined,
    email === undefined || email === memberLabel(member) ? undefined : safeText(email),
  ]);
}

/** A member's display name, else its e-mail, else its identifier. */
export function memberLabel({ name, email, identifier }: Member): string {
  return name.trim() || email?.trim() || identifier;
}

export function memberCount({ t, number }: Words, count: number): string {
  return count === 1 ? t('1 member') : t('{0} members', number(count));
}

export function groupCount({ t, number }: Words, count: number): string {
  return count === 1 ? t('1 group') : t('{0} groups', number(count));
}

/** What is wrong with a listing, in a word or two; nothing when it is complete, or was never loaded. */
export function listingState({ t, time }: Words, { state, retryAt }: Completeness): string | undefined {
  switch (state) {
    case 'loading':
      return t('loading…');
    case 'partial':
      return t('incomplete');
    case 'denied':
      return t('no permission');
    case 'throttled':
      return retryAt === undefined ? t('throttled') : t('throttled until {0}', time(retryAt));
    case 'failed':
      return t('failed');
    default:
      return undefined;
  }
}

function held(words: Words, { state, count = 0, asOf }: Completeness): string | undefined {
  return state === 'complete' || asOf !== undefined || count > 0 ? groupCount(words, count) : undefined;
}

/** The parts that there are, as they stand behind a row's label. */
export function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
