import type { Command } from './command.ts';
import { meantFindings } from './ignoreFinding.ts';

/** Puts ignored findings back among the others. */
export const unignoreFinding: Command = {
  name: 'unignoreFinding',
  run: async (deps, args) => deps.ignoreFindings(await meantFindings(deps, args, true), undefined),
};
