import { AppError, cancelled } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import { isTarget } from '../../core/target.ts';
import type { Choice } from '../../core/ui.ts';
import { ensureLoaded } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';
import { letChange } from './letChange.ts';
import { canDo } from './writable.ts';

export interface GroupPlace {
  readonly tenantId: string;
  readonly groupId: string;
}

/** Groups of a tenant that are offered at once. */
const mostOffered = 100;

/** The group that members were dropped on. @throws AppError `cancelled` where it cannot take them, which was told */
export async function placeDroppedOn(
  deps: CommandDeps,
  row: unknown,
  provider: string,
  signal: AbortSignal,
): Promise<GroupPlace> {
  const { ui, t, reader } = deps;
  const refuse = (words: string): never => {
    ui.inform(words);
    throw cancelled();
  };
  if (
    !isTarget(row) ||
    row.groupId === undefined ||
    row.memberId !== undefined ||
    row.isNote ||
    row.groupId === noGroupId
  )
    return refuse(t('Drop members on a group: they are copied there, and stay where they are.'));
  const { tenantId, groupId } = row;
  const tenant = reader.tenant(tenantId);
  if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
  if (!canDo(deps, tenant, 'addMember')) return refuse(t('Nobody can be added to this group from here.'));
  if (tenant.provider !== provider) return refuse(t('Members are copied between groups of the same service only.'));
  await letChange(deps, tenant, signal);
  return { tenantId, groupId };
}

/** Asks for a group of a tenant that may be changed. @throws AppError `cancelled` */
export async function askPlace(
  deps: CommandDeps,
  { title, provider, from }: { readonly title: string; readonly provider: string; readonly from: string },
  signal: AbortSignal,
): Promise<GroupPlace> {
  const { ui, t, reader } = deps;
  const isFit = (tenant: TenantRecord) => tenant.provider === provider && canDo(deps, tenant, 'addMember');
  const fit = reader.tenants().filter(isFit);
  const own = fit.find(({ id }) => id === from) ?? fit[0];
  if (!own) {
    ui.inform(t('This service cannot do that, or not with this connection.'));
    throw cancelled();
  }
  if (!fit.some(({ allowsChanges }) => allowsChanges)) await letChange(deps, own, signal);
  // The one that the members are of comes first.
  const writable = [own, ...fit.filter((one) => one !== own)].filter(({ id }) => reader.tenant(id)?.allowsChanges);
  for (const { id } of writable) await ensureLoaded(deps, { list: 'groups', tenantId: id }, signal);
  const { value } = await ui.search<GroupPlace>(
    {
      title,
      placeholder: t('Copy to which group? A part of its name'),
      text: '',
      search: async (text) => offered(text),
    },
    signal,
  );
  return value;

  function offered(text: string) {
    const filter = text.trim() === '' ? {} : { filter: text.trim() };
    const gaps: string[] = [];
    const choices = writable.flatMap((tenant): readonly Choice<GroupPlace>[] => {
      const { state, kind } = reader.completeness({ list: 'groups', tenantId: tenant.id });
      if (state !== 'complete') gaps.push(t('The list is incomplete: {0}', ui.explain(kind ?? 'badResponse')));
      const groups = reader.groups(tenant.id, { offset: 0, limit: mostOffered, ...filter });
      if (groups.length === mostOffered) gaps.push(t('There are more: type more of the name.'));
      return groups.map(({ id, name }) => ({
        label: name,
        description: tenant.name,
        icon: 'folder',
        value: { tenantId: tenant.id, groupId: id },
      }));
    });
    return { choices, remark: [...new Set(gaps)].join(' ') };
  }
}
