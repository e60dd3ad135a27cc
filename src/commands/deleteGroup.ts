import type { Wish } from '../core/changes/changes.ts';
import { carryThrough } from './change/carryThrough.ts';
import { toChange } from './change/subject.ts';
import type { Command } from './command.ts';

/** Deletes groups with all that is in them. */
export const deleteGroup: Command = {
  name: 'deleteGroup',
  run: async (deps, args, signal) => {
    const wanted = { capability: 'deleteGroup', level: 'group', title: deps.t('Delete Group') } as const;
    const all = await toChange(deps, args, wanted, signal);
    await carryThrough(
      deps,
      all.map((target): Wish => ({ kind: 'deleteGroup', ...target })),
      signal,
    );
  },
};
