import { heldMembers } from '../../core/changes/heldMembers.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import type { Target } from '../../core/target.ts';
import { mapInTurns } from '../../core/turns/mapInTurns.ts';
import { createTurns } from '../../core/turns/turns.ts';
import { ensureLoaded } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';
import { accessText, type GroupLines, lineOf } from './accessText.ts';
import { tenantWord } from './resolve.ts';

/** No editor is for more. */
const mostMembers = 50_000;

const groupsAtOnce = 500;

export interface WrittenFile {
  readonly text: string;
  /** What is to be known of it, in words of ours. */
  readonly remarks: readonly string[];
}

/**
 * An access file of what is loaded. Of a whole tenant nothing is loaded for it; groups that are meant themselves are,
 * where they never were. A group is exact only where all of its members are known and meant.
 */
export async function writeFile(
  deps: CommandDeps,
  tenantId: string,
  rows: readonly Target[],
  signal: AbortSignal,
): Promise<WrittenFile> {
  const { reader, t } = deps;
  const tenant = reader.tenant(tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  const isWholeTenant = rows.some(({ groupId }) => groupId === undefined);
  const chosen = isWholeTenant ? undefined : membersMeant(rows);
  const groups: GroupLines[] = [];
  let [left, inexact, members] = [0, 0, 0];
  for await (const groupId of chosen ? chosen.keys() : allGroups(deps, tenantId, signal)) {
    signal.throwIfAborted();
    const wanted = chosen?.get(groupId);
    if (chosen) await loadMembers(deps, tenantId, groupId, signal);
    const lines = await linesOf(deps, tenantId, groupId, wanted === 'all' ? undefined : wanted);
    if (!lines) {
      left += 1;
      continue;
    }
    members += lines.members.length;
    if (members > mostMembers) throw tooMany(deps);
    if (!lines.isExact && (wanted === undefined || wanted === 'all')) inexact += 1;
    groups.push(lines);
  }
  const remarks = [
    ...(left === 0 ? [] : [t('Groups left out, because nothing is known of their members: {0}.', left)]),
    ...(inexact === 0
      ? []
      : [t('Groups whose members are not all known, so that the file only adds and changes: {0}.', inexact)]),
    ...(isWholeTenant && reader.completeness({ list: 'groups', tenantId }).state !== 'complete'
      ? [t('Not all groups of the tenant are known.')]
      : []),
  ];
  const advice = remarks.length > 0 && isWholeTenant ? [t('“Load the Whole Tenant” reads what is missing.')] : [];
  return { text: await accessText(tenantWord(reader, tenant), groups), remarks: [...remarks, ...advice] };
}

/** Of each group that is meant, the members that are; of a group's own row, all. */
function membersMeant(rows: readonly Target[]): ReadonlyMap<string, 'all' | ReadonlySet<string>> {
  const meant = new Map<string, 'all' | Set<string>>();
  for (const { groupId = '', memberId } of rows) {
    const known = meant.get(groupId) ?? new Set<string>();
    meant.set(groupId, memberId === undefined ? 'all' : known);
    if (memberId !== undefined && known !== 'all') known.add(memberId);
  }
  return meant;
}

async function* allGroups({ reader }: CommandDeps, tenantId: string, signal: AbortSignal): AsyncGenerator<string> {
  const turns = createTurns();
  for (let offset = 0; ; offset += groupsAtOnce) {
    const page = reader.groups(tenantId, { offset, limit: groupsAtOnce });
    for (const { id } of page) {
      signal.throwIfAborted();
      if (turns.isOver()) await turns.next();
      yield id;
    }
    if (page.length < groupsAtOnce) return;
  }
}

/** What could not be read is told by the state of the listing. */
async function loadMembers(deps: CommandDeps, tenantId: string, groupId: string, signal: AbortSignal): Promise<void> {
  try {
    await ensureLoaded(deps, { list: 'members', tenantId, groupId }, signal);
  } catch (error) {
    if (isAppError(error, 'cancelled')) throw error;
  }
}

/** Nothing where it is not known of a single member. */
async function linesOf(
  { reader }: CommandDeps,
  tenantId: string,
  groupId: string,
  wanted: ReadonlySet<string> | undefined,
): Promise<GroupLines | undefined> {
  const group = reader.group(tenantId, groupId);
  if (!group) return undefined;
  const isWhole = group.members.state === 'complete';
  if (!isWhole && (group.members.count ?? 0) === 0) return undefined;
  const held = await heldMembers(reader, tenantId, groupId);
  const meant = wanted ? held.all.filter(({ id }) => wanted.has(id)) : held.all;
  const named = await mapInTurns(meant, (member) => lineOf(member, held), createTurns());
  const members = named.filter((line) => line !== undefined);
  const isExact = isWhole && !wanted && members.length === held.all.length;
  return { id: group.id, name: group.name, isExact, members };
}

function tooMany({ ui, t }: CommandDeps): AppError {
  ui.inform(t('More than {0} members are too many for one file. Select some of the groups.', mostMembers));
  return new AppError('cancelled', 'Too many members for one file.');
}
