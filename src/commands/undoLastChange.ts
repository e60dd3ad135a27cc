import { carryThrough } from './change/carryThrough.ts';
import { wishesToUndo } from './change/wishesToUndo.ts';
import type { Command } from './command.ts';

/** Takes the latest plan back that was not taken back yet. */
export const undoLastChange: Command = {
  name: 'undoLastChange',
  run: async (deps, _, signal) => {
    const { reader, ui, t } = deps;
    const latest = await reader.changeLog({ limit: 500 });
    const last = latest.find(({ outcome, isUndone, change }) => outcome === 'applied' && !isUndone && !change.undoes);
    if (!last) return ui.inform(t('There is nothing to undo.'));
    const entries = await reader.changeLog({ plan: last.plan, limit: 10_000 });
    await carryThrough(deps, await wishesToUndo(deps, entries), signal);
  },
};
