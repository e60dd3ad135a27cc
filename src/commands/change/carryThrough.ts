import { blockers, type Plan, type PlanResult, type Wish } from '../../core/changes/changes.ts';
import { canBeUndone, remainingWishes } from '../../core/changes/undo.ts';
import { cancelled } from '../../core/errors.ts';
import { safeText } from '../../core/text/text.ts';
import type { CommandDeps } from '../command.ts';
import { agree, firstOf } from './agree.ts';
import type { CarryOptions } from './carryOptions.ts';
import { problemWords, whoIs } from './changeWords.ts';
import { leaveOut } from './leaveOut.ts';
import { showLogOf } from './logDocument.ts';
import { tellResult } from './tellResult.ts';
import { touchedAt } from './touchedAt.ts';
import { wishesToUndo } from './wishesToUndo.ts';

/** Lines that a modal has room for. */
const mostLines = 15;

/**
 * The whole way of a change: plan, show, have the user agree, carry out, tell. All commands that change something go it.
 * @returns what became of it; nothing where there was nothing to do
 * @throws AppError `cancelled` where the user did not agree, or it cannot be done, which was told
 */
export async function carryThrough(
  deps: CommandDeps,
  wishes: readonly Wish[],
  signal: AbortSignal,
  options: CarryOptions = {},
): Promise<PlanResult | undefined> {
  const { ui, t, sync } = deps;
  const changes = await sync.changes();
  const planned = await ui.withProgress(t('Looking at what is there…'), signal, async (_, own) => {
    const first = await changes.plan(wishes, own, options);
    const left = leaveOut(deps, wishes, first, options);
    // Planned anew: what is left out may be what a risk was told of.
    return left
      ? { ...left, plan: await changes.plan(left.wishes, own, options) }
      : { wishes, plan: first, remarks: [] };
  });
  const { plan } = planned;
  await tellProblems(deps, planned.wishes, plan);
  const told = plan.changes.flatMap((change) => options.tell?.(change) ?? []);
  const remarks = [...(options.remarks ?? []), ...told, ...planned.remarks].map(safeText);
  const undone = plan.unchanged.flatMap((index) => planned.wishes[index]?.undoes ?? []);
  if (plan.changes.length === 0) {
    // Somebody else took it back: the next undoing is of what was before.
    if (undone.length > 0) await changes.noteUndone(undone);
    if (remarks.length === 0) ui.inform(t('There is nothing to change: it is so already.'));
    else await ui.confirm(t('There is nothing to change.'), firstOf(deps, remarks, mostLines).join('\n'), []);
    return undefined;
  }
  await agree(deps, changes, plan, signal, remarks);
  if (undone.length > 0) await changes.noteUndone(undone);
  const { remarks: _, ...again } = options;
  return carryOut(deps, plan, signal, again);
}

/** Carries out a plan that the user agreed to, tells what became of it, and goes on as the user wants. */
export async function carryOut(
  deps: CommandDeps,
  plan: Plan,
  signal: AbortSignal,
  options: CarryOptions = {},
): Promise<PlanResult> {
  const { ui, t, sync, reader } = deps;
  const changes = await sync.changes();
  const total = plan.changes.length;
  const title = total === 1 ? t('Making the change…') : t('Making {0} changes…', total);
  const result = await ui.withProgress(title, signal, (progress, own) =>
    changes.apply(plan, {
      signal: own,
      onProgress: ({ done }) => progress.report(t('{0} of {1}', done, total)),
    }),
  );
  if (result.results.some(({ outcome }) => outcome === 'applied')) ui.completeStep('change');
  const undo = async () => {
    const keys = result.results.filter(canBeUndone).map(({ key }) => key);
    const entries = await reader.changeLog({ keys, limit: keys.length });
    return carryThrough(deps, await wishesToUndo(deps, entries), signal, { touchedAt: touchedAt(entries) });
  };
  const wayOn = await tellResult(deps, result, undo);
  if (wayOn === 'resume') return (await carryThrough(deps, remainingWishes(result.results), signal, options)) ?? result;
  if (wayOn === 'undo') await undo();
  if (wayOn === 'log') await showLogOf(deps, {});
  return result;
}

/** @throws AppError `cancelled` where nothing of the plan can be done */
async function tellProblems({ ui, t, time }: CommandDeps, wishes: readonly Wish[], plan: Plan): Promise<void> {
  const found = blockers(plan);
  if (found.length === 0) return;
  const lines = found.slice(0, mostLines).map((problem) => {
    const { principal, name } = wishes[problem.wish] ?? {};
    const about = principal ? whoIs(principal) : name && safeText(name);
    const words = problemWords(t, problem, time);
    return about === undefined ? words : `${about}: ${words}`;
  });
  const more = found.length > lines.length ? [t('… and {0} more', found.length - lines.length)] : [];
  await ui.confirm(t('This cannot be done.'), [...lines, ...more].join('\n'), []);
  throw cancelled();
}
