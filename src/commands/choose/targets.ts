import { isTarget, type Target } from '../../core/target.ts';
import type { CommandDeps } from '../command.ts';
import { askGroup, askMember, askTenant, askTenants } from './ask.ts';

/** What a command can act on. */
export type Level = 'tenant' | 'group' | 'member';

export interface Wanted {
  /** Levels that count; the deepest is asked for. */
  readonly levels: readonly Level[];
  /** Title of the questions. */
  readonly title: string;
}

/**
 * The rows that a command is to act on: its arguments, else the view's selection, else what the user picks.
 * Never empty. @throws AppError `cancelled`
 */
export async function targets(
  deps: CommandDeps,
  args: readonly unknown[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const fits = (target: Target) => wanted.levels.includes(levelOf(target));
  const meant = distinct(meantTargets(deps, args).filter(fits));
  return meant.length > 0 ? meant : [await ask(deps, wanted, signal)];
}

/** As `targets`, where a command acts on one thing. */
export async function target(
  deps: CommandDeps,
  args: readonly unknown[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Target> {
  const [first, selection] = args;
  const given = isTarget(first) ? [first] : [undefined, selection];
  return (await targets(deps, given, wanted, signal))[0] ?? ask(deps, wanted, signal);
}

/** The ids of the tenants that are meant; where none is, of one or of all, as the user picks. */
export async function tenantsMeant(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const meant = tenantIdsOf(meantTargets(deps, args));
  return meant.length > 0 ? meant : askTenants(deps, title, signal);
}

/** The listing that a message row or "Load more" belongs to, or that the user picks. */
export async function listingTarget(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<Target> {
  return oneMeant(deps, args) ?? askTenant(deps, title, signal);
}

/**
 * As above, of several: all selected rows of the kind of the one that was clicked, be that messages, "Loading…" and
 * failures, or tenants.
 */
export async function listingTargets(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const [first, selection] = args;
  if (!isTarget(first) || !Array.isArray(selection)) return [await listingTarget(deps, args, title, signal)];
  const isAlike = (one: Target) =>
    one.isNote === first.isNote && (first.isNote === true || levelOf(one) === levelOf(first));
  const alike = selection.filter(isTarget).filter(isAlike);
  return alike.length > 0 ? alike : [first];
}

/** The row that is meant where a command acts on one: the one that was clicked, though others are selected before it. */
export function oneMeant(deps: Pick<CommandDeps, 'tree'>, args: readonly unknown[]): Target | undefined {
  const [first] = args;
  return isTarget(first) ? first : meantTargets(deps, args)[0];
}

/** The rows that are meant: the arguments, else the view's selection. */
export function meantTargets({ tree }: Pick<CommandDeps, 'tree'>, args: readonly unknown[]): readonly Target[] {
  const given = givenTargets(args);
  return given.length > 0 ? given : tree.selection();
}

/** The tenants of rows that are selected together; beside a tenant's own row, a group's does not mean its whole tenant. */
export function tenantIdsOf(rows: readonly Target[]): readonly string[] {
  const own = rows.filter((one) => levelOf(one) === 'tenant');
  return [...new Set((own.length > 0 ? own : rows).map(({ tenantId }) => tenantId))];
}

/** Of the arguments as VS Code hands them: the row, and the selection it is part of. */
export function givenTargets(args: readonly unknown[]): readonly Target[] {
  const [first, selection] = args;
  const all = Array.isArray(selection) ? selection.filter(isTarget) : [];
  if (all.length === 0) return isTarget(first) ? [first] : [];
  const things = all.filter((one) => !one.isNote);
  return things.length > 0 ? things : all;
}

function levelOf({ groupId, memberId }: Target): Level {
  if (memberId !== undefined) return 'member';
  return groupId === undefined ? 'tenant' : 'group';
}

function distinct(all: readonly Target[]): readonly Target[] {
  return [...new Map(all.map((one) => [JSON.stringify([one.tenantId, one.groupId, one.memberId]), one])).values()];
}

async function ask(deps: CommandDeps, { levels, title }: Wanted, signal: AbortSignal): Promise<Target> {
  const tenant = await askTenant(deps, title, signal);
  if (levels.every((level) => level === 'tenant')) return tenant;
  const group = await askGroup(deps, tenant.tenantId, { title, orTenant: levels.includes('tenant') }, signal);
  if (group.groupId === undefined || !levels.includes('member')) return group;
  return askMember(deps, { ...group, groupId: group.groupId }, { title, orGroup: levels.includes('group') }, signal);
}
