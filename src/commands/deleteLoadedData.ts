import { AppError, cancelled } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './choose/ask.ts';
import { givenTargets, tenantIdsOf } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Deletes what was loaded of tenants, or of all, from this computer; tenants and tokens stay. */
export const deleteLoadedData: Command = {
  name: 'deleteLoadedData',
  run: async (deps, args, signal) => {
    const { t, ui, tenants } = deps;
    const meant = givenTenants(deps, args) ?? (await askWhose(deps, signal));
    const answer = await ui.confirm(question(deps, meant), details(deps, meant), [{ label: t('Delete'), value: true }]);
    if (!answer) throw cancelled();
    if (meant === 'all') await tenants.removeRows();
    else for (const { id } of meant) await tenants.removeRows(id);
  },
};

type Meant = readonly TenantRecord[] | 'all';

/** @throws AppError `notFound` for a tenant that is not there */
function givenTenants({ reader }: CommandDeps, args: readonly unknown[]): Meant | undefined {
  const ids = tenantIdsOf(givenTargets(args));
  if (ids.length === 0) return undefined;
  return ids.map((id) => {
    const tenant = reader.tenant(id);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    return tenant;
  });
}

async function askWhose({ t, ui, reader }: CommandDeps, signal: AbortSignal): Promise<Meant> {
  const all: Choice<Meant> = { label: t('All tenants'), value: 'all' };
  const each = reader.tenants().map((tenant): Choice<Meant> => ({ label: tenant.name, value: [tenant] }));
  const options = { title: t('Delete Loaded Data'), placeholder: t('Which tenant?') };
  return answered(await ui.pick([all, ...each], options, signal));
}

function question({ t }: CommandDeps, meant: Meant): string {
  if (meant === 'all') return t('Delete the loaded data of all tenants?');
  const [first] = meant;
  return first && meant.length === 1
    ? t('Delete the loaded data of “{0}”?', first.name)
    : t('Delete the loaded data of {0} tenants?', meant.length);
}

function details({ t }: CommandDeps, meant: Meant): string {
  const effect = t(
    'Groups, members, snapshots, ignored findings and what else was remembered of them are deleted from this computer. Snapshots and the reasons of ignored findings cannot be loaded again. The tenants stay connected.',
  );
  const isClear = meant === 'all' || meant.length === 1;
  return isClear ? effect : `${meant.map(({ name }) => name).join('\n')}\n\n${effect}`;
}
