import { cancelled } from '../core/errors.ts';
import type { Choice } from '../core/ui.ts';
import type { Command, CommandDeps } from './command.ts';
import { givenTargets } from './targets.ts';

/** Deletes what was loaded of a tenant, or of all, from this computer; tenants and tokens stay. */
export const deleteLoadedData: Command = {
  name: 'deleteLoadedData',
  run: async (deps, args, signal) => {
    const { t, ui, reader, tenants } = deps;
    const [given] = givenTargets(args);
    const tenantId = given ? given.tenantId : await askWhose(deps, signal);
    const name = tenantId === undefined ? undefined : reader.tenant(tenantId)?.name;
    const answer = await ui.confirm(
      name === undefined ? t('Delete the loaded data of all tenants?') : t('Delete the loaded data of "{0}"?', name),
      t('Groups, members and what was remembered of them are deleted from this computer. The tenants stay connected.'),
      [{ label: t('Delete'), value: true }],
    );
    if (!answer) throw cancelled();
    await tenants.removeRows(tenantId);
  },
};

/** A tenant's id, or nothing for all. */
async function askWhose({ t, ui, reader }: CommandDeps, signal: AbortSignal): Promise<string | undefined> {
  const all: Choice<string | undefined> = { label: t('All tenants'), value: undefined };
  const each = reader.tenants().map((tenant): Choice<string | undefined> => ({ label: tenant.name, value: tenant.id }));
  const answer = await ui.pick([all, ...each], { title: t('Delete Loaded Data') }, signal);
  if (answer === 'back') throw cancelled();
  return answer.value;
}
