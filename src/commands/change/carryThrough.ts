import { blockers, type Plan, type PlanResult, type Wish } from '../../core/changes.ts';
import { cancelled } from '../../core/errors.ts';
import { remainingWishes } from '../../core/undo.ts';
import type { CommandDeps } from '../command.ts';
import { agree } from './agree.ts';
import { problemWords, whoIs } from './changeWords.ts';
import { showLogOf } from './logDocument.ts';
import { tellResult } from './tellResult.ts';
import { wishesToUndo } from './wishesToUndo.ts';

/**
 * The whole way of a change: plan, show, have the user agree, carry out, tell. All commands that change something go it.
 * @returns what became of it; nothing where there was nothing to do
 * @throws AppError `cancelled` where the user did not agree, or it cannot be done, which was told
 */
export async function carryThrough(
  deps: CommandDeps,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Promise<PlanResult | undefined> {
  const { ui, t, sync } = deps;
  const changes = await sync.changes();
  const plan = await ui.withProgress(t('Looking at what is there…'), signal, (_, own) => changes.plan(wishes, own));
  await tellProblems(deps, wishes, plan);
  if (plan.changes.length === 0) {
    ui.inform(t('There is nothing to change: it is so already.'));
    return undefined;
  }
  await agree(deps, changes, plan, signal);
  return carryOut(deps, plan, signal);
}

/** Carries out a plan that the user agreed to, tells what became of it, and goes on as the user wants. */
export async function carryOut(deps: CommandDeps, plan: Plan, signal: AbortSignal): Promise<PlanResult> {
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
  const undo = async () => {
    const keys = result.results.filter(({ outcome }) => outcome === 'applied').map(({ key }) => key);
    return carryThrough(deps, await wishesToUndo(deps, await reader.changeLog({ keys, limit: keys.length })), signal);
  };
  const wayOn = await tellResult(deps, result, undo);
  if (wayOn === 'resume') return (await carryThrough(deps, remainingWishes(result.results), signal)) ?? result;
  if (wayOn === 'undo') await undo();
  if (wayOn === 'log') await showLogOf(deps, {});
  return result;
}

/** @throws AppError `cancelled` where nothing of the plan can be done */
async function tellProblems({ ui, t, time }: CommandDeps, wishes: readonly Wish[], plan: Plan): Promise<void> {
  const found = blockers(plan);
  if (found.length === 0) return;
  const lines = found.slice(0, 15).map((problem) => {
    const { principal, name } = wishes[problem.wish] ?? {};
    const about = principal ? whoIs(principal) : name;
    const words = problemWords(t, problem, time);
    return about === undefined ? words : `${about}: ${words}`;
  });
  const more = found.length > lines.length ? [t('… and {0} more', found.length - lines.length)] : [];
  await ui.confirm(t('This cannot be done.'), [...lines, ...more].join('\n'), []);
  throw cancelled();
}
