import { cancelled } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { CommandDeps } from '../command.ts';

/** Has the user allow changes in a tenant that is read-only, as every tenant is at first. @throws AppError `cancelled` */
export async function letChange(deps: CommandDeps, { id, name, account }: TenantRecord): Promise<void> {
  const { ui, t, reader } = deps;
  if (reader.tenant(id)?.allowsChanges) return;
  const whose = account === undefined ? '' : `${t('Changes are made as {0}.', account)} `;
  const effect = t(
    'Each change is shown before it is made, recorded, and can be undone. “Make Read-Only” takes this back at any time.',
  );
  const allow = { label: t('Allow Changes'), value: true };
  const answer = await ui.confirm(
    t('The tenant “{0}” is read-only. Allow changes of its access from here?', name),
    `${whose}${effect}`,
    [allow],
  );
  if (!answer) throw cancelled();
  await deps.allowChanges(id, true);
}
