import type { Plan } from '../../core/changes/changes.ts';
import type { CheckAgain, EditedFile } from '../../core/editedFile.ts';
import type { Ui } from '../../core/ui.ts';
import type { CommandDeps } from '../command.ts';
import { hasErrors, type Prepared } from './prepare.ts';

/** What the user was shown last of each file; of a window, which has one `Ui`. */
const shown = new WeakMap<Ui, Map<string, { readonly text: string; readonly changes: string }>>();

/** Whether two plans do the same to the same, with the same dangers, and as much being known. */
export function isSamePlan(one: Plan, other: Plan): boolean {
  return changesOf(one) === changesOf(other);
}

/** Whether the file, as it is now, was shown with another plan. */
export function isStale({ ui }: CommandDeps, { uri, text }: EditedFile, plan: Plan): boolean {
  const last = shown.get(ui)?.get(uri);
  return last !== undefined && last.text === text && last.changes !== changesOf(plan);
}

/** What was shown of a file is not to be compared with any more: it was applied, or tried to be. */
export function forget({ ui }: CommandDeps, { uri }: EditedFile): void {
  shown.get(ui)?.delete(uri);
}

/**
 * Marks the problems, and those of what is saved instead. Where there is no error, shows the changes in the diff
 * editor, if there are any.
 */
export async function show(
  { ui, t }: CommandDeps,
  { uri, text }: EditedFile,
  prepared: Prepared,
  again: CheckAgain,
): Promise<void> {
  const { problems, plan, before, after, tenant } = prepared;
  await ui.markProblems(uri, problems, again);
  const files = shown.get(ui) ?? new Map<string, { readonly text: string; readonly changes: string }>();
  shown.set(ui, files.set(uri, { text, changes: changesOf(plan) }));
  if (before !== after && !hasErrors(prepared))
    await ui.showDiff(t('{0}: access now ↔ after the file is applied', tenant?.name ?? ''), before, after, 'json');
}

/** Says how many errors keep the file from being applied, if any. */
export function tellErrors({ ui, t }: CommandDeps, prepared: Prepared): boolean {
  if (!hasErrors(prepared)) return false;
  const count = prepared.problems.filter(({ severity }) => severity === 'error').length;
  ui.warn(
    count === 1
      ? t('Nothing can be applied: the file has an error. It is underlined, and among the problems.')
      : t('Nothing can be applied: the file has {0} errors. They are underlined, and among the problems.', count),
  );
  return true;
}

function changesOf({ changes, risks, gaps }: Plan): string {
  return JSON.stringify([
    changes.map(({ kind, tenantId, groupId, principal, before, after }) => [
      ...[kind, tenantId, groupId, principal?.identifier, principal?.principalType, principal?.profileId],
      ...[before, after],
    ]),
    risks.map(({ code, groupId }) => [code, groupId]),
    gaps.map(({ groupId }) => groupId),
  ]);
}
