import type { ChangePrincipal, Wish } from '../../core/changes.ts';
import type { FileProblem, Span } from '../../core/editedFile.ts';
import { emailIn } from '../../core/memberOf.ts';
import type { Group, Member } from '../../core/model.ts';
import { type PlanMembers, principalOf } from '../../core/planWorld.ts';
import type { Translate } from '../../core/translate.ts';
import { createTurns } from '../../core/turns.ts';
import { typeWord } from '../change/typeWords.ts';
import { type GroupLines, lineOf, type MemberLine } from './accessText.ts';
import type { FileGroup, FileMember } from './parseFile.ts';

/** A group as it is. */
export interface GroupState {
  readonly group: Group;
  readonly members: PlanMembers;
  /** All of its members are known; else why they are not, in words. */
  readonly isWhole: boolean;
  readonly gap?: string;
  /** What a member may have; empty where the service has no rights. */
  readonly rights: readonly string[];
}

/** A wish with what of the file it is for. */
export interface FileWish {
  readonly wish: Wish;
  readonly group: FileGroup;
  /** Absent where somebody goes because the file does not list them. */
  readonly member?: FileMember;
}

/** A group of the file against what is: what is to be done, and the group in the file's form before and after. */
export interface ComparedGroup {
  readonly wishes: readonly FileWish[];
  readonly problems: readonly FileProblem[];
  readonly before: GroupLines;
  readonly after: GroupLines;
}

/** Where a group is named, for a person to look at. */
export function groupSpan({ name, id }: FileGroup): Span {
  return (name ?? id)?.span ?? { offset: 0, length: 0 };
}

/** What it takes for a group to be as the file wants it. Other work gets its turn meanwhile. */
export async function compareGroup(file: FileGroup, state: GroupState, t: Translate): Promise<ComparedGroup> {
  const turns = createTurns();
  const { group, members, isWhole, gap = '', rights } = state;
  const { tenantId, id, name } = group;
  const problems: FileProblem[] = [];
  const wishes: FileWish[] = [];
  const told = new Map<string, FileMember>();
  const listed = new Set<Member>();
  /** How those are afterwards who are not as before: nothing for who goes. */
  const after = new Map<Member, MemberLine | undefined>();
  const added: MemberLine[] = [];
  const mark = (span: Span, severity: FileProblem['severity'], message: string) =>
    void problems.push({ span, severity, message });

  for (const line of file.members) {
    if (turns.isOver()) await turns.next();
    const principal = principalIn(line);
    if (!principal) {
      mark(line.identifier.span, 'error', t('“principalType” is missing: user, group, app or robot.'));
      continue;
    }
    const member = members.find(principal);
    const key = member ? `member ${member.id}` : subjectOf(principal);
    const earlier = told.get(key);
    if (earlier) {
      if (earlier.accessRight?.value === line.accessRight?.value)
        mark(line.identifier.span, 'warning', t('This member is listed twice.'));
      else mark(line.identifier.span, 'error', t('This member is listed twice, with different access rights.'));
      continue;
    }
    told.set(key, line);
    const other = member ?? members.find({ ...principal, principalType: otherType(principal) });
    if (other && other.principalType !== principal.principalType) {
      const severity = member ? 'warning' : 'error';
      const span = (line.principalType ?? line.identifier).span;
      mark(span, severity, t('This is the id of another kind of member: {0}.', typeWord(t, other.principalType)));
      if (!member) {
        // Whoever is meant: nobody is removed for it.
        listed.add(other);
        continue;
      }
    }
    const accessRight = line.accessRight?.value;
    const right = accessRight === undefined ? {} : { accessRight };
    const about = { tenantId, groupId: id, ...right };
    if (!member) {
      const expected = isWhole ? { expected: null } : {};
      wishes.push({ wish: { kind: 'addMember', ...about, principal, ...expected }, group: file, member: line });
      added.push(shownAs(line, principal));
      continue;
    }
    listed.add(member);
    if (member.accessRight === accessRight) continue;
    const kind = rights.length > 0 ? 'changeAccessRight' : 'addMember';
    const wish: Wish = { kind, ...about, principal: principalOf(member), expected: rightOf(member) };
    wishes.push({ wish, group: file, member: line });
    const { accessRight: _, ...known } = shown(member, members);
    after.set(member, { ...known, ...right });
  }

  if (file.isExact && !isWhole) {
    const message = t('Not all members of “{0}” are known, so who is not listed cannot be removed: {1}', name, gap);
    mark(file.exactSpan ?? groupSpan(file), 'error', message);
  } else if (!isWhole) {
    mark(groupSpan(file), 'warning', t('Not all members of “{0}” are known: {1}', name, gap));
  }
  if (file.isExact && isWhole) {
    for (const member of members.all) {
      if (listed.has(member)) continue;
      const principal = principalOf(member);
      const wish: Wish = { kind: 'removeMember', tenantId, groupId: id, principal, expected: rightOf(member) };
      wishes.push({ wish, group: file });
      after.set(member, undefined);
    }
  }
  const lines = { id, name, isExact: file.isExact };
  const before: MemberLine[] = [];
  const then: MemberLine[] = [];
  for (const member of members.all) {
    if (turns.isOver()) await turns.next();
    const line = shown(member, members);
    before.push(line);
    const lineThen = after.has(member) ? after.get(member) : line;
    if (lineThen) then.push(lineThen);
  }
  return {
    wishes,
    problems,
    before: { ...lines, members: before },
    after: { ...lines, members: [...then, ...added] },
  };
}

/** Who a line means; nothing where it does not say what they are. */
function principalIn({ identifier, principalType, name, profileId }: FileMember): ChangePrincipal | undefined {
  const email = emailIn(identifier.value);
  const type = principalType?.value ?? (email === undefined ? undefined : 'user');
  if (type === undefined) return undefined;
  return {
    identifier: identifier.value,
    principalType: type,
    name: name?.value ?? identifier.value,
    ...(email === undefined || type !== 'user' ? {} : { email }),
    ...(profileId ? { profileId: profileId.value } : {}),
  };
}

function shownAs(line: FileMember, { identifier, principalType, profileId }: ChangePrincipal): MemberLine {
  const { name, accessRight } = line;
  return {
    identifier,
    ...(name && name.value !== identifier ? { name: name.value } : {}),
    principalType,
    ...(accessRight ? { accessRight: accessRight.value } : {}),
    ...(profileId === undefined ? {} : { profileId }),
  };
}

/** A member as the file shows them, whether or not the file could name them. */
function shown(member: Member, members: PlanMembers): MemberLine {
  const { identifier, name, principalType, accessRight } = member;
  const right = accessRight === undefined ? {} : { accessRight };
  return lineOf(member, members) ?? { identifier, ...(name === identifier ? {} : { name }), principalType, ...right };
}

function rightOf({ accessRight }: Member): { readonly accessRight?: string } {
  return accessRight === undefined ? {} : { accessRight };
}

function otherType({ principalType }: ChangePrincipal): string {
  return principalType === 'group' ? 'user' : 'group';
}

function subjectOf({ identifier, principalType, profileId = '' }: ChangePrincipal): string {
  return JSON.stringify([principalType === 'group', identifier.toLowerCase(), profileId.toLowerCase()]);
}
