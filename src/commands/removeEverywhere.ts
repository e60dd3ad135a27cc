import { readAccess } from '../core/access/readAccess.ts';
import type { AccessResult } from '../core/access/result.ts';
import { removalWishes } from '../core/changes/copyWishes.ts';
import { type DirectAccess, directAccess } from '../core/changes/directAccess.ts';
import { joinedRemark, namesOf, nestedWays } from './change/accessRemarks.ts';
import { carryThrough } from './change/carryThrough.ts';
import { personMeant } from './change/choosePerson.ts';
import { whyNot } from './change/writable.ts';
import { tenantGap } from './choose/tenantGap.ts';
import type { Command, CommandDeps } from './command.ts';

/** Takes all memberships of one's own from somebody, in every tenant; what cannot be taken is told before. */
export const removeEverywhere: Command = {
  name: 'removeEverywhere',
  run: async (deps, args, signal) => {
    const { t, reader } = deps;
    const question = { title: t('Remove Everywhere'), placeholder: t('Who is to be removed from all groups?') };
    const subject = await personMeant(deps, args, question, signal);
    const access = await readAccess(reader, subject, signal);
    const held = await directAccess(reader, access.principals, signal);
    const isKept = new Set(
      reader
        .tenants()
        .filter((one) => whyNot(deps, one, 'removeMember') !== undefined)
        .map(({ id }) => id),
    );
    const taken = held.items.filter(({ tenantId }) => !isKept.has(tenantId));
    await carryThrough(deps, removalWishes(taken), signal, {
      remarks: [
        t('{0} is removed from every group that they are a member of themselves.', subject.name),
        ...remarksOf(deps, access, held.items, taken),
        ...(held.isCut || access.isCut
          ? [t('There are more memberships than can be removed at once: do it again afterwards.')]
          : []),
      ],
      leavesOut: true,
    });
  },
};

function remarksOf(
  deps: CommandDeps,
  access: AccessResult,
  held: readonly DirectAccess[],
  taken: readonly DirectAccess[],
): readonly string[] {
  const { t, reader } = deps;
  const stays = reader.tenants().flatMap((tenant) => {
    const groups = held.filter(({ tenantId }) => tenantId === tenant.id).map(({ groupName }) => groupName);
    const why = whyNot(deps, tenant, 'removeMember');
    if (groups.length === 0 || why === undefined) return [];
    return [t('Stays in “{0}” ({1}): {2}', tenant.name, why, namesOf(groups))];
  });
  const gone = new Set(taken.map(({ groupId }) => groupId.toLowerCase()));
  const nested = nestedWays(access, (groupId) => gone.has(groupId.toLowerCase()));
  const gaps = reader.tenants().flatMap((tenant) => {
    const gap = tenantGap(deps, tenant);
    return gap === undefined ? [] : [t('“{0}”: {1}. What is not known stays.', tenant.name, gap)];
  });
  return [
    ...joinedRemark(deps, access),
    ...stays,
    ...(nested.length > 0 ? [t('Stays, through other groups: {0}', namesOf(nested))] : []),
    ...gaps,
  ];
}
