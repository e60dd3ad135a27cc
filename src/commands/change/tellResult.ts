import type { ChangeResult, PlanResult } from '../../core/changes/changes.ts';
import { canBeUndone } from '../../core/changes/undo.ts';
import { safeText } from '../../core/text/text.ts';
import type { Translate } from '../../core/text/translate.ts';
import { offerStep } from '../choose/offerStep.ts';
import type { CommandDeps } from '../command.ts';
import { lineOf, outcomeWord } from './changeWords.ts';

/** More lines than these would not fit into a modal. */
const mostLines = 12;

/** What the user wants after a plan that did not succeed whole. */
export type WayOn = 'resume' | 'undo' | 'log';

/**
 * Tells what became of a plan. What did not succeed is told in a modal, with the way on and the way back.
 * @param undo takes back what was done
 */
export async function tellResult(
  deps: CommandDeps,
  result: PlanResult,
  undo: () => Promise<unknown>,
): Promise<WayOn | undefined> {
  const { ui, t } = deps;
  const { results, stopped } = result;
  const isDone = ({ outcome }: ChangeResult) => outcome === 'applied' || outcome === 'unchanged';
  const done = results.filter(isDone);
  const applied = results.filter(({ outcome }) => outcome === 'applied');
  const unseen = applied.filter(({ isSeen }) => isSeen === false).length;
  const later = unseen > 0 ? ` ${unseenWords(t, unseen, results.length)}` : '';
  if (done.length === results.length) {
    const words = results.length === 1 ? t('The change was made.') : t('{0} changes were made.', results.length);
    void offerStep(deps, words + later, t('Undo'), undo);
    return undefined;
  }
  const others = results.filter((one) => !isDone(one));
  const said = async (reason: string) => safeText(await ui.tellReason(reason));
  const toLine = async ({ outcome, change, reason }: ChangeResult) => {
    const why = reason === undefined || reason === stopped?.reason ? '' : ` – ${await said(reason)}`;
    return `${outcomeWord(t, outcome)}: ${lineOf(t, change)}${why}`;
  };
  const lines = await Promise.all(others.slice(0, mostLines).map(toLine));
  const again = stopped?.retryAt === undefined ? [] : [t('Possible again from {0}.', deps.time(stopped.retryAt))];
  const detail = [
    ...(stopped && !stopped.isCancelled ? [await said(stopped.reason)] : []),
    ...again,
    ...lines,
    ...(others.length > lines.length ? [t('… and {0} more', others.length - lines.length)] : []),
    ...(later === '' ? [] : [later.trim()]),
  ].join('\n');
  return ui.confirm<WayOn>(notAllWords(t, results, done.length), detail, [
    { label: t('Retry the Rest'), value: 'resume' },
    ...(results.some(canBeUndone) ? [{ label: t('Undo What Was Done'), value: 'undo' as const }] : []),
    { label: t('Show Change Log'), value: 'log' },
  ]);
}

function unseenWords(t: Translate, unseen: number, all: number): string {
  if (all === 1) return t('It is not to be seen yet; services may take minutes.');
  return unseen === 1
    ? t('One of them is not to be seen yet; services may take minutes.')
    : t('{0} of them are not to be seen yet; services may take minutes.', unseen);
}

function notAllWords(t: Translate, results: readonly ChangeResult[], done: number): string {
  if (results.length > 1) return t('{0} of {1} changes were made.', done, results.length);
  return results[0]?.outcome === 'unknown'
    ? t('It is not known whether the change was made.')
    : t('The change was not made.');
}
