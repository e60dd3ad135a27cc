import type { Wish } from '../core/changes/changes.ts';
import { principalOf } from '../core/changes/planWorld.ts';
import { carryThrough } from './change/carryThrough.ts';
import { toChange } from './change/subject.ts';
import { thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Removes members from their groups: one, or all that are selected. */
export const removeMember: Command = {
  name: 'removeMember',
  run: async (deps, args, signal) => {
    const wanted = { capability: 'removeMember', level: 'member', title: deps.t('Remove from Group') } as const;
    const all = await toChange(deps, args, wanted, signal);
    const wishes = all.flatMap((target): readonly Wish[] => {
      const { member } = thingOf(deps.reader, target);
      const { tenantId, groupId = '' } = target;
      return member ? [{ kind: 'removeMember', tenantId, groupId, principal: principalOf(member) }] : [];
    });
    await carryThrough(deps, wishes, signal);
  },
};
