import { type PlanMembers, principalOf } from '../../core/changes/planWorld.ts';
import type { Member } from '../../core/model.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import { sortKey } from '../../core/text/text.ts';
import { mapInTurns } from '../../core/turns/mapInTurns.ts';
import { sortInTurns } from '../../core/turns/sortInTurns.ts';
import { createTurns } from '../../core/turns/turns.ts';

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

/**
 * An access file: the same text for the same access, whatever order the service has. Other work gets its turn meanwhile:
 * there may be tens of thousands of members.
 */
export async function accessText(tenant: string, groups: readonly GroupLines[]): Promise<string> {
  const turns = createTurns();
  const texts: string[] = [];
  for (const { id, name, isExact, members } of await sortInTurns(groups, orderOfGroup, turns)) {
    const sorted = await sortInTurns(members, orderOfMember, turns);
    const lines = await mapInTurns(sorted, (member) => indented(inOrder(member), 4), turns);
    const about = indented({ id, ...(name.trim() === '' ? {} : { name }), exact: isExact, members: [] }, 2);
    texts.push(lines.length === 0 ? about : about.replace(/\[\](?=\n +\}$)/, () => listed(lines, 3)));
  }
  const whole = JSON.stringify({ tenant, groups: [] }, undefined, 2);
  return `${texts.length === 0 ? whole : whole.replace(/\[\](?=\n\}$)/, () => listed(texts, 1))}\n`;
}

/** By code units: the same order on every computer. */
function orderOfGroup({ name, id }: GroupLines): string {
  return inOne([sortKey(name), id]);
}

function orderOfMember({ identifier, principalType, profileId = '', accessRight = '' }: MemberLine): string {
  return inOne([identifier.toLowerCase(), identifier, principalType, profileId, accessRight]);
}

/** Sorted as the texts one after the other would be: the least of all characters comes between. */
function inOne(texts: readonly string[]): string {
  return texts.join('\0');
}

function inOrder({ identifier, name, principalType, accessRight, profileId }: MemberLine): MemberLine {
  return {
    identifier,
    ...(name === undefined ? {} : { name }),
    principalType,
    ...(accessRight === undefined ? {} : { accessRight }),
    ...(profileId === undefined ? {} : { profileId }),
  };
}

const step = '  ';

/** As it is written so many levels deep. */
function indented(value: unknown, level: number): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${step.repeat(level)}`);
}

/** A list in its place, so many levels deep. */
function listed(items: readonly string[], level: number): string {
  const [outside, inside] = [step.repeat(level), step.repeat(level + 1)];
  return `[\n${inside}${items.join(`,\n${inside}`)}\n${outside}]`;
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
