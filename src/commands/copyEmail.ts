import { targets } from './choose/targets.ts';
import { lines, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Copies members' e-mail addresses, one a line; members without one are left out. */
export const copyEmail: Command = {
  name: 'copyEmail',
  run: async (deps, args, signal) => {
    const { t, ui, reader } = deps;
    const meant = await targets(deps, args, { levels: ['member'], title: t('Copy E-mail') }, signal);
    const emails = meant.flatMap((target) => thingOf(reader, target).member?.email || []);
    if (emails.length === 0) ui.inform(t('No e-mail address is known.'));
    else await ui.copy(lines(emails));
  },
};
