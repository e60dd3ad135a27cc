import type { LoggedChange } from '../core/changes/changes.ts';
import type { Choice } from '../core/ui.ts';
import { carryThrough } from './change/carryThrough.ts';
import { lineOf } from './change/changeWords.ts';
import { touchedAt } from './change/touchedAt.ts';
import { undoable } from './change/undoable.ts';
import { wishesToUndo } from './change/wishesToUndo.ts';
import { answered } from './choose/ask.ts';
import type { Command } from './command.ts';

/** More are not offered. */
const mostOffered = 500;

/** Takes changes back that the user chooses from the change log. */
export const undoChanges: Command = {
  name: 'undoChanges',
  run: async (deps, _, signal) => {
    const { ui, t, time } = deps;
    const choices = (await undoable(deps, mostOffered)).map(
      (entry): Choice<LoggedChange> => ({
        label: lineOf(t, entry.change),
        description: time(entry.at),
        value: entry,
      }),
    );
    if (choices.length === 0) return ui.inform(t('There is nothing to undo.'));
    const title = t('Undo Changes');
    const chosen = answered(await ui.pickMany(choices, { title, placeholder: t('Which changes?') }, signal));
    if (chosen.length === 0) return;
    await carryThrough(deps, await wishesToUndo(deps, chosen), signal, { touchedAt: touchedAt(chosen) });
  },
};
