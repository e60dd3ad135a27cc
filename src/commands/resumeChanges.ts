import type { LoggedChange } from '../core/changes/changes.ts';
import { canBeUndone, remainingWishes } from '../core/changes/undo.ts';
import { carryThrough } from './change/carryThrough.ts';
import { lineOf, outcomeWord } from './change/changeWords.ts';
import { showLogOf } from './change/logDocument.ts';
import { touchedAt } from './change/touchedAt.ts';
import { wishesToUndo } from './change/wishesToUndo.ts';
import { offerStep } from './choose/offerStep.ts';
import type { Command, CommandDeps } from './command.ts';

/** Lines that a modal has room for. */
const mostLines = 12;

/** Says which changes a window left unfinished when it was closed, and goes on with them or gives them up. */
export const resumeChanges: Command = {
  name: 'resumeChanges',
  run: async (deps, _, signal) => {
    const { ui, t, sync, reader } = deps;
    const changes = await sync.changes();
    const [unfinished] = await changes.unfinished();
    if (!unfinished) return ui.inform(t('No changes are unfinished.'));
    const { plan } = unfinished;
    const logged = async () => (await reader.changeLog({ plan, limit: 10_000 })).toReversed();
    const left = new Set((await logged()).filter(isOpen).map(({ key }) => key));
    await ui.withProgress(t('Looking at what was done…'), signal, async (_progress, own) => {
      await changes.settle(plan, own);
      own.throwIfAborted();
    });
    const entries = await logged();
    const open = entries.filter(isOpen);
    if (open.length === 0) {
      if (entries.every(isDone)) {
        return ui.inform(t('A window was closed while changes were made. All of them are done.'));
      }
      const isSettled = left.size > 0 && entries.every((one) => !left.has(one.key) || isDone(one));
      // Something else was refused before the window was closed: the log says what.
      return isSettled ? showLogOf(deps, {}) : ui.inform(goneOn(t));
    }
    const lines = open
      .slice(0, mostLines)
      .map(({ outcome, change }) => `${outcomeWord(t, outcome)}: ${lineOf(t, change)}`);
    const answer = await ui.confirm<'go' | 'undo' | 'giveUp' | 'log'>(
      t('A window was closed while changes were made: {0} of {1} are unfinished.', open.length, entries.length),
      [
        ...lines,
        ...(open.length > lines.length ? [t('… and {0} more', open.length - lines.length)] : []),
        '',
        t('Going on looks at the groups first: what was done nevertheless is not done again.'),
      ].join('\n'),
      [
        { label: t('Go On'), value: 'go' },
        ...(entries.some(canBeUndone) ? [{ label: t('Undo What Was Done'), value: 'undo' as const }] : []),
        { label: t('Give Up the Rest'), value: 'giveUp' },
        { label: t('Show Change Log'), value: 'log' },
      ],
    );
    if (answer === 'log') return showLogOf(deps, {});
    if (answer === undefined) return undefined;
    // Another window may have asked the same, and been answered first.
    const ours = new Set(await changes.giveUp(plan));
    if (ours.size === 0) return ui.inform(goneOn(t));
    // The window could not read the groups back.
    const touched = { touchedAt: touchedAt(entries) };
    if (answer === 'undo') {
      await carryThrough(deps, await wishesToUndo(deps, entries.filter(canBeUndone)), signal, touched);
      return undefined;
    }
    const rest = open.filter(({ key }) => ours.has(key));
    if (answer === 'go') await carryThrough(deps, remainingWishes(rest), signal, touched);
    return undefined;
  },
};

function isOpen({ outcome }: LoggedChange): boolean {
  return outcome === 'planned' || outcome === 'begun';
}

function isDone({ outcome }: LoggedChange): boolean {
  return outcome === 'applied' || outcome === 'unchanged';
}

function goneOn(t: CommandDeps['t']): string {
  return t('Another window went on with these changes, or gave them up.');
}

/** At the start: says that there are unfinished changes, if any. Never fails. */
export async function offerToResume(deps: CommandDeps, signal: AbortSignal): Promise<void> {
  const { t, sync, log } = deps;
  try {
    if ((await (await sync.changes()).unfinished()).length === 0) return;
  } catch (error) {
    log.error('Unfinished changes could not be looked for.', error);
    return;
  }
  const message = t('A window was closed while changes were made, and some of them are unfinished.');
  await offerStep(deps, message, t('Look at Them'), () => resumeChanges.run(deps, [], signal));
}
