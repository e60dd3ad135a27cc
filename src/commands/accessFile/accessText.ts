import { type PlanMembers, principalOf } from '../../core/changes/planWorld.ts';
import type { Member } from '../../core/model.ts';
import { emailIn } from '../../core/provider/memberOf.ts';
import { sortKey } from '../../core/text/text.ts';

/** A member as the file has it. */
export interface MemberLine {
  readonly identifier: string;
  readonly name?: string;
  readonly principalType: string;
  readonly accessRight?: string;
  readonly profileId?: string;
}

export interface GroupLines {
  readonly id: string;
  readonly name: string;
  readonly isExact: boolean;
  readonly members: readonly MemberLine[];
}

/** An access file: the same text for the same access, whatever order the service has. */
export function accessText(tenant: string, groups: readonly GroupLines[]): string {
  const sorted = sortBy(groups, ({ name, id }) => [sortKey(name), id]);
  const file = {
    tenant,
    groups: sorted.map(({ id, name, isExact, members }) => ({
      id,
      ...(name.trim() === '' ? {} : { name }),
      exact: isExact,
      members: sortBy(members, ({ identifier, principalType, profileId = '', accessRight = '' }) => [
        ...[identifier.toLowerCase(), identifier, principalType, profileId, accessRight],
      ]).map(({ identifier, name: shown, principalType, accessRight, profileId }) => ({
        identifier,
        ...(shown === undefined ? {} : { name: shown }),
        principalType,
        ...(accessRight === undefined ? {} : { accessRight }),
        ...(profileId === undefined ? {} : { profileId }),
      })),
    })),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** A member by an id that means nobody else in the group; nothing where there is none. People are named by e-mail address. */
export function lineOf(member: Member, members: PlanMembers): MemberLine | undefined {
  const { principalType, accessRight } = member;
  const { profileId } = principalOf(member);
  if ([principalType, accessRight, profileId].some((text) => text?.trim() === '')) return undefined;
  const about = { principalType, name: member.name, ...(profileId === undefined ? {} : { profileId }) };
  const email = principalType === 'user' && member.email !== undefined ? emailIn(member.email) : undefined;
  const means = (identifier: string) => {
    const principal = { identifier, ...about };
    return members.find(principal) === member && !members.isAmbiguous(principal);
  };
  const identifier = [email, member.identifier].find(
    (id) => id !== undefined && id !== '' && id.trim() === id && means(id),
  );
  if (identifier === undefined) return undefined;
  const isNamed = member.name.trim() !== '' && member.name !== identifier;
  return {
    identifier,
    ...(isNamed ? { name: member.name } : {}),
    principalType,
    ...(accessRight === undefined ? {} : { accessRight }),
    ...(profileId === undefined ? {} : { profileId }),
  };
}

/** By code units: the same order on every computer. */
function sortBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): readonly T[] {
  const keyed = items.map((item) => ({ item, keys: keysOf(item) }));
  keyed.sort((one, other) => {
    const at = one.keys.findIndex((key, index) => key !== other.keys[index]);
    if (at < 0) return 0;
    return (one.keys[at] ?? '') < (other.keys[at] ?? '') ? -1 : 1;
  });
  return keyed.map(({ item }) => item);
}
