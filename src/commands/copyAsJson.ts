import { targets } from './choose/targets.ts';
import { plain, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Copies one thing as a JSON object, several as an array. */
export const copyAsJson: Command = {
  name: 'copyAsJson',
  run: async (deps, args, signal) => {
    const wanted = { levels: ['tenant', 'group', 'member'], title: deps.t('Copy as JSON') } as const;
    const things = (await targets(deps, args, wanted, signal)).map((target) => plain(thingOf(deps.reader, target)));
    await deps.ui.copy(JSON.stringify(things.length === 1 ? things[0] : things, undefined, 2));
  },
};
