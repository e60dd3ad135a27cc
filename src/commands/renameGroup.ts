import { nameProblem } from '../core/tenants/checkConnection.ts';
import { carryThrough } from './change/carryThrough.ts';
import { oneToChange } from './change/subject.ts';
import { answered } from './choose/ask.ts';
import { nameOf, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Gives a group another name. */
export const renameGroup: Command = {
  name: 'renameGroup',
  run: async (deps, args, signal) => {
    const { ui, t, reader } = deps;
    const title = t('Rename Group');
    const target = await oneToChange(deps, args, { capability: 'renameGroup', level: 'group', title }, signal);
    const value = nameOf(thingOf(reader, target));
    const validate = (text: string) =>
      nameProblem(text) ? t('The group needs a name, at most 200 characters long.') : undefined;
    const name = answered(
      await ui.input({ title, prompt: t('New name of the group'), value, validate }, signal),
    ).trim();
    await carryThrough(deps, [{ kind: 'renameGroup', ...target, name }], signal);
  },
};
