import { cancelled } from '../../core/errors.ts';
import type { Target } from '../../core/target.ts';
import type { Choice } from '../../core/ui.ts';
import { answered } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';

/**
 * Asks for a right that members of all these groups can have. Nothing where the service has none.
 * @throws AppError `cancelled`
 */
export async function askRight(
  deps: CommandDeps,
  groups: readonly Target[],
  { title, held }: { readonly title: string; readonly held?: string | undefined },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { sync, ui, t } = deps;
  const changes = await sync.changes();
  const ids = [
    ...new Map(
      groups.map(({ tenantId, groupId = '' }) => [JSON.stringify([tenantId, groupId]), { tenantId, groupId }]),
    ).values(),
  ];
  const offered = await Promise.all(ids.map(({ tenantId, groupId }) => changes.offers(tenantId, groupId)));
  const [first] = offered;
  const rights = (first?.rights ?? []).filter((right) => offered.every((one) => one.rights.includes(right)));
  if (rights.length === 0) {
    if (offered.every((one) => one.rights.length === 0)) return undefined;
    ui.inform(t('These groups have no access right in common. Choose groups of one service.'));
    throw cancelled();
  }
  const choices = rights.map(
    (right): Choice<string> => ({
      label: right,
      icon: 'key',
      ...(right === held ? { description: t('as it is now') } : {}),
      value: right,
    }),
  );
  return answered(await ui.pick(choices, { title, placeholder: t('Which access right?') }, signal));
}
