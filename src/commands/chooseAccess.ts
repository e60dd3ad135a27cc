import { chooseSubject } from './choose/subjects.ts';
import type { Command } from './command.ts';

/** Asks whose access to show, whatever is selected. */
export const chooseAccess: Command = {
  name: 'chooseAccess',
  run: async (deps, _, signal) =>
    deps.access.show([await chooseSubject(deps, { title: deps.t('Show Access') }, signal)]),
};
