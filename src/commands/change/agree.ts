import type { Change, Plan } from '../../core/changes/changes.ts';
import type { Changes } from '../../core/changes/pipeline.ts';
import { cancelled } from '../../core/errors.ts';
import { markdownText } from '../../core/text/markdown.ts';
import { safeText } from '../../core/text/text.ts';
import { answered } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';
import { lineOf, problemWords, questionOf, riskWords } from './changeWords.ts';

/** More lines than these would not fit into a modal. */
const mostLines = 12;

/** Remarks that leave room for the changes. */
const mostRemarks = 8;

/**
 * Shows a plan and has the user agree to it.
 * @param remarks what is to be known beside the plan itself
 * @throws AppError `cancelled`
 */
export async function agree(
  deps: CommandDeps,
  changes: Changes,
  plan: Plan,
  signal: AbortSignal,
  remarks: readonly string[] = [],
): Promise<void> {
  await tellMissingScopes(deps, changes, plan);
  const { ui, t } = deps;
  const [first] = plan.changes;
  const isOne = plan.changes.length === 1 && first !== undefined;
  const message = isOne ? questionOf(t, first) : t('Make these {0} changes?', plan.changes.length);
  const apply = {
    label: isOne ? applyLabel(deps, first.kind) : t('Make {0} Changes', plan.changes.length),
    value: 'apply',
  };
  const all = { label: t('Show All'), value: 'show' };
  for (;;) {
    const isCut = plan.changes.length > mostLines || remarks.length > mostRemarks;
    const detail = detailOf(deps, plan, mostLines, firstOf(deps, remarks, mostRemarks));
    const answer = await ui.confirm(message, detail, isCut ? [apply, all] : [apply]);
    if (answer === 'apply') break;
    if (answer !== 'show') throw cancelled();
    const lines = [message, '', ...detailOf(deps, plan, plan.changes.length, remarks).split('\n')];
    await ui.showDocument(t('Planned Changes'), 'markdown', lines.map(markdownText).join('\n'));
  }
  await typeNames(deps, plan, signal);
}

function applyLabel({ t }: CommandDeps, kind: Plan['changes'][number]['kind']): string {
  const labels: Readonly<Record<typeof kind, string>> = {
    addMember: t('Add'),
    changeAccessRight: t('Change'),
    removeMember: t('Remove'),
    createGroup: t('Create'),
    deleteGroup: t('Delete'),
    renameGroup: t('Rename'),
    restoreGroup: t('Restore'),
    refreshUserPermissions: t('Refresh'),
  };
  return labels[kind];
}

/** What is to be known before agreeing: the dangers first, then who, what, where, unless the question names it. */
function detailOf({ t, time, reader }: CommandDeps, plan: Plan, most: number, remarks: readonly string[] = []): string {
  const { changes, risks, gaps, problems, unchanged } = plan;
  const accounts = [...new Set(changes.map(({ tenantId }) => tenantId))].flatMap((tenantId) => {
    const tenant = reader.tenant(tenantId);
    if (!tenant) return [];
    const { name, account, accountId } = tenant;
    const isUnknown = account === undefined && accountId === undefined && takesAway(plan, tenantId);
    return [
      account === undefined ? t('Tenant “{0}”', name) : t('Tenant “{0}”, as {1}', name, account),
      ...(isUnknown
        ? [t('It is not known who is signed in: make sure that it is not your own access that goes.')]
        : []),
    ];
  });
  const left = changes.length - most;
  return [
    ...risks.map((risk) => `⚠ ${riskWords(t, risk)}`),
    ...remarks,
    ...(changes.some((change) => change.isRemovedAndAdded)
      ? [t('Administrators cannot change a right: the member is removed and added again, and has no access between.')]
      : []),
    ...gaps.slice(0, 3).map(({ groupName }) => t('Not all members of “{0}” are known.', safeText(groupName))),
    ...(gaps.length > 3 ? [t('Of {0} groups in all, not all members are known.', gaps.length)] : []),
    ...problems
      .filter(({ isWarning }) => isWarning)
      .slice(0, most)
      .map((one) => problemWords(t, one, time)),
    ...(unchanged.length > 0 ? [t('Already so, and left as it is: {0}', unchanged.length)] : []),
    ...accounts,
    ...(changes.length > 1 ? ['', ...changes.slice(0, most).map((change) => lineOf(t, change))] : []),
    ...(left > 0 ? [t('… and {0} more', left)] : []),
  ].join('\n');
}

/** The first lines, and how many more there are. */
export function firstOf({ t }: CommandDeps, lines: readonly string[], most: number): readonly string[] {
  const left = lines.length - most;
  return left > 0 ? [...lines.slice(0, most), t('… and {0} more', left)] : lines;
}

/** Whether somebody but an app may have less access by it. */
function takesAway({ changes }: Plan, tenantId: string): boolean {
  const kinds: readonly Change['kind'][] = ['removeMember', 'changeAccessRight'];
  return changes.some(
    (one) => one.tenantId === tenantId && kinds.includes(one.kind) && one.principal?.principalType === 'user',
  );
}

/** A token that says what it may do is believed as far as to ask first. */
async function tellMissingScopes({ ui, t, reader }: CommandDeps, changes: Changes, plan: Plan): Promise<void> {
  const missing = await changes.missingScopes(plan);
  if (missing.length === 0) return;
  const lines = missing.map(({ tenantId, scopes }) =>
    t('“{0}” needs {1}.', reader.tenant(tenantId)?.name ?? tenantId, scopes.join(t(' or '))),
  );
  const answer = await ui.confirm(
    t('The sign-in does not allow changes: the service will probably refuse them.'),
    [...lines, t('Sign in again with an account or an application that may, or try nevertheless.')].join('\n'),
    [{ label: t('Try Nevertheless'), value: true }],
  );
  if (!answer) throw cancelled();
}

/** Where the last administrator or one's own access would go, a click is not enough. */
async function typeNames({ ui, t }: CommandDeps, { risks }: Plan, signal: AbortSignal): Promise<void> {
  const names = [...new Set(risks.map(({ groupName }) => groupName))];
  const [only] = names;
  if (only === undefined) return;
  // Nobody types a dozen names with care.
  const tenants = [...new Set(risks.map(({ tenantName }) => tenantName))];
  const name = names.length === 1 ? only : tenants.length === 1 ? (tenants[0] ?? '') : t('{0} groups', names.length);
  const prompt =
    names.length === 1
      ? t('Type the name of the group to go on.')
      : tenants.length === 1
        ? t('This concerns {0} groups. Type the name of the tenant to go on.', names.length)
        : t('This concerns groups of several tenants. Type “{0}” to go on.', name);
  const isSame = (text: string) => text.trim().normalize() === name.trim().normalize();
  answered(
    await ui.input(
      {
        title: t('Are You Sure?'),
        prompt,
        validate: (text) => (isSame(text) ? undefined : prompt),
      },
      signal,
    ),
  );
}
