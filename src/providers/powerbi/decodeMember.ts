import { isRecord } from '../../core/isRecord.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { isTextOrAbsent, textOf } from '../text.ts';

type Writable<T> = { -readonly [key in keyof T]: T[key] };

const principalTypes: ReadonlyMap<string, string> = new Map([
  ['User', 'user'],
  ['Group', 'group'],
  ['App', 'app'],
  // "No principal type. Use for whole organization level access." (Get Group Users)
  ['None', 'everyone'],
]);

/**
 * A `GroupUser` as a model row; undefined when it names no one, or says who it is or what it may do in a form that
 * cannot be read. Checked by hand: a page may bring 100,000 of them, which takes zod/mini 85–120 ms (as long as
 * `JSON.parse` takes for the page's 28 MB) and these checks, with the mapping, some 10 ms.
 */
export function decodeMember(user: unknown): MemberRow | undefined {
  if (!isRecord(user)) return undefined;
  const { identifier, emailAddress, graphId, principalType, groupUserAccessRight, profile } = user;
  if (!isTextOrAbsent(identifier) || !isTextOrAbsent(emailAddress) || !isTextOrAbsent(graphId)) return undefined;
  if (!isTextOrAbsent(principalType) || !isTextOrAbsent(groupUserAccessRight)) return undefined;
  const profileId = profileIdOf(profile);
  if (profileId === null) return undefined;
  const isEveryone = principalType === 'None';
  const who = textOf(identifier) ?? textOf(emailAddress) ?? textOf(graphId) ?? (isEveryone ? 'everyone' : undefined);
  if (who === undefined) return undefined;
  const email = textOf(emailAddress);
  const accessRight = textOf(groupUserAccessRight);
  const row: Writable<MemberRow> = {
    // One app may be a member with several of its profiles.
    id: profileId === undefined ? who : `${who}:${profileId}`,
    name: textOf(user.displayName) ?? email ?? (who === 'everyone' && isEveryone ? 'Everyone' : who),
    identifier: who,
    principalType: principalTypes.get(principalType ?? '') ?? 'unknown',
    details: user,
  };
  // Assigned, not spread: that takes a third of the time.
  if (email !== undefined) row.email = email;
  if (accessRight !== undefined) row.accessRight = accessRight;
  return row;
}

/** Undefined without a profile; null for one that cannot be read. */
function profileIdOf(profile: unknown): string | undefined | null {
  if (profile === undefined || profile === null) return undefined;
  return isRecord(profile) && isTextOrAbsent(profile.id) ? textOf(profile.id) : null;
}
