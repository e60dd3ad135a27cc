import type { Command } from './command.ts';

/** Shows one page more of a list of findings. */
export const loadMoreFindings: Command = {
  name: 'loadMoreFindings',
  run: async ({ findings }, [row]) => (await findings()).showMore(row),
};
