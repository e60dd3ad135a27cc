import { AppError, cancelled } from '../../core/errors.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { Capability } from '../../core/provider/capability.ts';
import type { Target } from '../../core/target.ts';
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
  const fitting = meantTargets(deps, args).flatMap((one) => atLevel(one, wanted.level));
  const meant = [...new Map(fitting.map((one) => [JSON.stringify(one), one])).values()];
  const all = meant.length > 0 ? meant : [await ask(deps, wanted, signal)];
  for (const tenantId of new Set(all.map((one) => one.tenantId))) {
    const tenant = deps.reader.tenant(tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    if (!canDo(deps, tenant, wanted.capability)) {
      deps.ui.inform(deps.t('This service cannot do that, or not with this connection.'));
      throw cancelled();
    }
    await letChange(deps, tenant, signal);
  }
  return all;
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
