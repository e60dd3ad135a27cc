import type { Command } from './command.ts';

/** Ends a comparison; where there is none, empties the view "Access". */
export const clearAccess: Command = {
  name: 'clearAccess',
  run: async ({ access }) => {
    const [one, other] = access.shown();
    await access.show(one && other ? [one] : []);
  },
};
