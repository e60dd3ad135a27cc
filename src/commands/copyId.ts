import { targets } from './choose/targets.ts';
import { lines, serviceId, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Copies the services' own ids, one a line. */
export const copyId: Command = {
  name: 'copyId',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Copy ID') } as const;
    const meant = await targets(deps, args, wanted, signal);
    await deps.ui.copy(lines(meant.map((target) => serviceId(thingOf(deps.reader, target)))));
  },
};
