import type { Wish } from '../core/changes/changes.ts';
import { principalOf } from '../core/changes/planWorld.ts';
import { cancelled } from '../core/errors.ts';
import { askRight } from './change/askRight.ts';
import { carryThrough } from './change/carryThrough.ts';
import { toChange } from './change/subject.ts';
import { thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Gives members another access right: one, or all that are selected. */
export const changeAccessRight: Command = {
  name: 'changeAccessRight',
  run: async (deps, args, signal) => {
    const title = deps.t('Change Access Right');
    const wanted = { capability: 'changeAccessRight', level: 'member', title } as const;
    const all = await toChange(deps, args, wanted, signal);
    const members = all.map((target) => ({ target, member: thingOf(deps.reader, target).member }));
    const held = new Set(members.map(({ member }) => member?.accessRight));
    const accessRight = await askRight(
      deps,
      all,
      { title, ...(held.size === 1 ? { held: [...held][0] } : {}) },
      signal,
    );
    if (accessRight === undefined) throw cancelled();
    const wishes = members.flatMap(({ target: { tenantId, groupId = '' }, member }): readonly Wish[] =>
      member ? [{ kind: 'changeAccessRight', tenantId, groupId, principal: principalOf(member), accessRight }] : [],
    );
    await carryThrough(deps, wishes, signal);
  },
};
