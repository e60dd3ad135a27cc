import type { LoggedChange } from '../core/changes/changes.ts';
import { canBeUndone } from '../core/changes/undo.ts';
import { carryThrough } from './change/carryThrough.ts';
import { touchedAt } from './change/touchedAt.ts';
import { undoable } from './change/undoable.ts';
import { wishesToUndo } from './change/wishesToUndo.ts';
import type { Command } from './command.ts';

/** Takes the latest plan back that was not taken back yet. */
export const undoLastChange: Command = {
  name: 'undoLastChange',
  run: async (deps, _, signal) => {
    const { reader, ui, t } = deps;
    const [last] = await undoable(deps, 1, ({ change }) => !change.undoes);
    if (!last) return ui.inform(t('There is nothing to undo.'));
    const entries = await reader.changeLog({ plan: last.plan, limit: 10_000 });
    const isMeant = (entry: LoggedChange) => canBeUndone(entry) && reader.tenant(entry.change.tenantId) !== undefined;
    const meant = entries.filter(isMeant);
    await carryThrough(deps, await wishesToUndo(deps, meant), signal, { touchedAt: touchedAt(meant) });
  },
};
