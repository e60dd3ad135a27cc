import { AppError, cancelled } from '../../core/errors.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { Capability } from '../../core/provider/capability.ts';
import { isTarget, type Target } from '../../core/target.ts';
import { askGroup, askMember, askTenant } from '../choose/ask.ts';
import { meantTargets } from '../choose/targets.ts';
import type { CommandDeps } from '../command.ts';
import { letChange } from './letChange.ts';
import { canDo } from './writable.ts';

export interface ToChange {
  readonly capability: Capability;
  readonly level: 'tenant' | 'group' | 'member';
  readonly title: string;
}

/**
 * What a command is to change: its arguments, else the view's selection, else what the user picks; of tenants whose
 * service can do it. A tenant that is read-only is asked about first. Never empty. @throws AppError `cancelled`
 */
export async function toChange(
  deps: CommandDeps,
  args: readonly unknown[],
  wanted: ToChange,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const meant = fitting(meantTargets(deps, args), wanted);
  const all = meant.length > 0 ? meant : [await ask(deps, wanted, signal)];
  for (const tenantId of new Set(all.map((one) => one.tenantId))) await letChangeIn(deps, tenantId, wanted, signal);
  return all;
}

/** As `toChange`, where a command changes one thing: that of the row that was clicked, or the first that is selected. */
export async function oneToChange(
  deps: CommandDeps,
  args: readonly unknown[],
  wanted: ToChange,
  signal: AbortSignal,
): Promise<Target> {
  const [clicked] = args;
  const [meant] = fitting(isTarget(clicked) ? [clicked] : meantTargets(deps, args), wanted);
  const one = meant ?? (await ask(deps, wanted, signal));
  await letChangeIn(deps, one.tenantId, wanted, signal);
  return one;
}

/** @throws AppError `notFound` · `cancelled` where the service cannot do it, which is told, or the user says no */
async function letChangeIn(
  deps: CommandDeps,
  tenantId: string,
  { capability }: ToChange,
  signal: AbortSignal,
): Promise<void> {
  const tenant = deps.reader.tenant(tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  if (!canDo(deps, tenant, capability)) {
    deps.ui.inform(deps.t('This service cannot do that, or not with this connection.'));
    throw cancelled();
  }
  await letChange(deps, tenant, signal);
}

/** What the rows stand for at the level that is wanted, each once. */
function fitting(rows: readonly Target[], { level }: ToChange): readonly Target[] {
  const all = rows.flatMap((one) => atLevel(one, level));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function atLevel({ tenantId, groupId, memberId }: Target, level: ToChange['level']): readonly Target[] {
  if (level === 'tenant') return [{ tenantId }];
  if (groupId === undefined || groupId === noGroupId) return [];
  if (level === 'group') return memberId === undefined ? [{ tenantId, groupId }] : [];
  return memberId === undefined ? [] : [{ tenantId, groupId, memberId }];
}

async function ask(deps: CommandDeps, { capability, level, title }: ToChange, signal: AbortSignal): Promise<Target> {
  const tenant = await askTenant(deps, title, signal, (one) => canDo(deps, one, capability));
  if (level === 'tenant') return tenant;
  const { tenantId } = tenant;
  const { groupId = '' } = await askGroup(deps, tenantId, { title, orTenant: false }, signal);
  if (level === 'group') return { tenantId, groupId };
  return askMember(deps, { tenantId, groupId }, { title, orGroup: false }, signal);
}
