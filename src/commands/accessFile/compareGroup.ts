import type { ChangePrincipal, Wish } from '../../core/changes/changes.ts';
import { type PlanMembers, principalOf } from '../../core/changes/planWorld.ts';
import type { FileProblem, Span } from '../../core/editedFile.ts';
import type { Group, Member } from '../../core/model.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import type { Translate } from '../../core/text/translate.ts';
import { createTurns, type Turns } from '../../core/turns/turns.ts';
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

/** What a comparison has come to so far. */
interface Draft {
  readonly wishes: FileWish[];
  readonly problems: FileProblem[];
  /** Lines by whom they are about. */
  readonly told: Map<string, FileMember>;
  readonly listed: Set<Member>;
  /** How those are afterwards who are not as before: nothing for who goes. */
  readonly after: Map<Member, MemberLine | undefined>;
  readonly added: MemberLine[];
}

/** What it takes for a group to be as the file wants it. Other work gets its turn meanwhile. */
export async function compareGroup(file: FileGroup, state: GroupState, t: Translate): Promise<ComparedGroup> {
  const turns = createTurns();
  const { group, members } = state;
  const draft: Draft = {
    ...{ wishes: [], problems: [], added: [] },
    ...{ told: new Map(), listed: new Set(), after: new Map() },
  };
  for (const line of file.members) {
    if (turns.isOver()) await turns.next();
    takeLine(draft, line, file, state, t);
  }
  if (state.isWhole && file.isExact) await removeUnlisted(draft, file, state, turns);
  if (!state.isWhole) draft.problems.push(gapProblem(file, state, t));
  const before: MemberLine[] = [];
  const after: MemberLine[] = [];
  for (const member of members.all) {
    if (turns.isOver()) await turns.next();
    const line = shown(member, members);
    before.push(line);
    const lineAfter = draft.after.has(member) ? draft.after.get(member) : line;
    if (lineAfter) after.push(lineAfter);
  }
  const lines = { id: group.id, name: group.name, isExact: file.isExact };
  return {
    wishes: draft.wishes,
    problems: draft.problems,
    before: { ...lines, members: before },
    after: { ...lines, members: [...after, ...draft.added] },
  };
}

/** What a line wants of whom it means. */
function takeLine(draft: Draft, line: FileMember, file: FileGroup, state: GroupState, t: Translate): void {
  const { group, members, isWhole, rights } = state;
  const principal = principalIn(line);
  const member = principal && members.find(principal);
  const problem = lineProblem(draft, line, principal, members, t);
  if (problem) draft.problems.push(problem);
  if (member) draft.listed.add(member);
  if (!principal || problem?.severity === 'error' || isRepeated(draft, line, principal, member)) return;
  const accessRight = line.accessRight?.value;
  const right = accessRight === undefined ? {} : { accessRight };
  const about = { tenantId: group.tenantId, groupId: group.id, ...right };
  if (!member) {
    const expected = isWhole ? { expected: null } : {};
    draft.wishes.push({ wish: { kind: 'addMember', ...about, principal, ...expected }, group: file, member: line });
    draft.added.push(shownAs(line, principal));
  } else if (member.accessRight !== accessRight) {
    const kind = rights.length > 0 ? 'changeAccessRight' : 'addMember';
    const wish: Wish = { kind, ...about, principal: principalOf(member), expected: rightOf(member) };
    draft.wishes.push({ wish, group: file, member: line });
    const { accessRight: _, ...known } = shown(member, members);
    draft.after.set(member, { ...known, ...right });
  }
}

/** What is wrong with a line, by itself or beside those before it. */
function lineProblem(
  { told, listed }: Draft,
  line: FileMember,
  principal: ChangePrincipal | undefined,
  members: PlanMembers,
  t: Translate,
): FileProblem | undefined {
  const { span } = line.identifier;
  if (!principal)
    return { span, severity: 'error', message: t('“principalType” is missing: user, group, app or robot.') };
  const member = members.find(principal);
  const earlier = told.get(subjectOf(principal, member));
  if (earlier && earlier.accessRight?.value === line.accessRight?.value)
    return { span, severity: 'warning', message: t('This member is listed twice.') };
  if (earlier) {
    const message = t('This member is listed twice, with different access rights.');
    return { span, severity: 'error', message };
  }
  if (members.isAmbiguous(principal))
    return {
      span,
      severity: 'error',
      message: t('This fits several members of the group, so it is not certain whom the service would take.'),
    };
  const other = member ?? members.find({ ...principal, principalType: otherType(principal) });
  if (!other || other.principalType === principal.principalType) return undefined;
  // Whoever is meant: nobody is removed for it.
  listed.add(other);
  const message = t('This is the id of another kind of member: {0}.', typeWord(t, other.principalType));
  return { span: (line.principalType ?? line.identifier).span, severity: member ? 'warning' : 'error', message };
}

/** Whether a line before was about the same; remembers this one. */
function isRepeated(
  { told }: Draft,
  line: FileMember,
  principal: ChangePrincipal,
  member: Member | undefined,
): boolean {
  const subject = subjectOf(principal, member);
  if (told.has(subject)) return true;
  told.set(subject, line);
  return false;
}

async function removeUnlisted(
  draft: Draft,
  file: FileGroup,
  { group, members }: GroupState,
  turns: Turns,
): Promise<void> {
  for (const member of members.all) {
    if (turns.isOver()) await turns.next();
    if (draft.listed.has(member)) continue;
    const about = { tenantId: group.tenantId, groupId: group.id, principal: principalOf(member) };
    draft.wishes.push({ wish: { kind: 'removeMember', ...about, expected: rightOf(member) }, group: file });
    draft.after.set(member, undefined);
  }
}

function gapProblem(file: FileGroup, { group, gap = '' }: GroupState, t: Translate): FileProblem {
  const { name } = group;
  return file.isExact
    ? {
        span: file.exactSpan ?? groupSpan(file),
        severity: 'error',
        message: t('Not all members of “{0}” are known, so who is not listed cannot be removed: {1}', name, gap),
      }
    : {
        span: groupSpan(file),
        severity: 'warning',
        message: t('Not all members of “{0}” are known: {1}', name, gap),
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

function subjectOf({ identifier, principalType, profileId = '' }: ChangePrincipal, member: Member | undefined): string {
  if (member) return `member ${member.id}`;
  return JSON.stringify([principalType === 'group', identifier.toLowerCase(), profileId.toLowerCase()]);
}
