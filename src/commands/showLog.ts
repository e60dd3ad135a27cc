import type { Command } from './command.ts';

/** Opens the extension's log. */
export const showLog: Command = {
  name: 'showLog',
  run: async ({ ui }) => ui.showLog(),
};
