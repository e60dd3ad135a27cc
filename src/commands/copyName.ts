import { targets } from './choose/targets.ts';
import { lines, nameOf, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Copies names, one a line. */
export const copyName: Command = {
  name: 'copyName',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Copy Name') } as const;
    const meant = await targets(deps, args, wanted, signal);
    await deps.ui.copy(lines(meant.map((target) => nameOf(thingOf(deps.reader, target)))));
  },
};
