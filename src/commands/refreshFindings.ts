import type { Command } from './command.ts';

/** Looks for findings in what is loaded, and shows them. */
export const refreshFindings: Command = {
  name: 'refreshFindings',
  run: async ({ findings }) => (await findings()).refresh(),
};
