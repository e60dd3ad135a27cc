import { blockers, type Plan, type Wish } from '../../core/changes/changes.ts';
import { safeText } from '../../core/text/text.ts';
import type { CommandDeps } from '../command.ts';
import type { CarryOptions } from './carryOptions.ts';
import { problemWords, whoIs } from './changeWords.ts';

export interface LeftOut {
  /** Those that stay. */
  readonly wishes: readonly Wish[];
  /** What is left out, and why. */
  readonly remarks: readonly string[];
}

/** The wishes without those that cannot be fulfilled, or are not wanted; nothing where all of them stay. */
export function leaveOut(
  { t, time, reader }: CommandDeps,
  wishes: readonly Wish[],
  plan: Plan,
  { leavesOut, unwanted }: CarryOptions,
): LeftOut | undefined {
  const reasons = new Map<Wish, string>();
  for (const problem of leavesOut ? blockers(plan) : []) {
    const wish = wishes[problem.wish];
    if (wish) reasons.set(wish, problemWords(t, problem, time));
  }
  for (const change of plan.changes) {
    const why = unwanted?.(change);
    // Who is a member may be called otherwise in the wish.
    const isMeant = (wish: Wish) => wish.tenantId === change.tenantId && wish.groupId === change.groupId;
    for (const wish of why === undefined ? [] : wishes.filter(isMeant)) reasons.set(wish, why ?? '');
  }
  if (reasons.size === 0) return undefined;
  const lineOf = ([{ tenantId, groupId, principal }, why]: [Wish, string]) => {
    const group = groupId === undefined ? undefined : reader.group(tenantId, groupId)?.name;
    const place = t(
      '{0}, tenant {1}',
      `“${safeText(group ?? groupId ?? '')}”`,
      `“${reader.tenant(tenantId)?.name ?? tenantId}”`,
    );
    return t('Left out: {0}, {1}: {2}', principal ? whoIs(principal) : '', place, why);
  };
  return { wishes: wishes.filter((wish) => !reasons.has(wish)), remarks: [...reasons].map(lineOf) };
}
