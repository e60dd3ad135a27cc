import type { TenantAccess } from '../../core/access/result.ts';
import { knowsEmail, type Subject } from '../../core/access/subject.ts';
import { toAppError } from '../../core/errors.ts';
import { type MemberOf, type MemberOfGroup, tellsMemberOf } from '../../core/provider/memberOf.ts';
import { safeText } from '../../core/text/text.ts';
import { tellReason } from '../../platform/tellReason.ts';
import { joined } from '../descriptions.ts';
import { groupIcon } from '../groupIcon.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';

const color = 'list.warningForeground';

/** The offer to ask the service itself for somebody's groups, where not all is loaded; below it what it says. */
export function askedRow(
  context: AccessContext,
  parent: AccessRow,
  { tenant, known }: TenantAccess,
  subject: Subject,
): readonly AccessRow[] {
  const { t } = context.words;
  const provider = context.provider(tenant);
  const email = knowsEmail(subject);
  if (email === undefined || known.isComplete || !provider || !tellsMemberOf(provider, tenant)) return [];
  // By the address, too: else a row that was opened for somebody would ask for the next one unasked.
  const row: AccessRow = context.row(parent, `asked:${email}`, {
    ...(subject.isAsked ? { isOpen: true } : {}),
    look: () =>
      plainLook(
        t('What {0} says now of {1}', provider.label, safeText(email)),
        t('asked when opened; not kept, and not in copies and exports'),
        'cloud',
        'note',
      ),
    children: async () => {
      try {
        const answer = await context.answer(row, (signal) => context.sync.memberOf(tenant.id, email, signal));
        return answerRows(context, row, answer, tenant.provider);
      } catch (error) {
        return [failedRow(context, row, error)];
      }
    },
  });
  return [row];
}

function answerRows(
  context: AccessContext,
  owner: AccessRow,
  answer: MemberOf,
  provider: string,
): readonly AccessRow[] {
  const { t, age, number } = context.words;
  const { groups, asOf, problem } = answer;
  const count =
    groups.length === 0
      ? t('In no group as a member')
      : groups.length === 1
        ? t('In 1 group as a member')
        : t('In {0} groups as a member', number(groups.length));
  const head = context.row(owner, 'said:', {
    look: () =>
      plainLook(
        count,
        joined([age(asOf), t('not through nested groups'), t('click to ask again')]),
        'info',
        'note more',
        {
          click: again(context),
        },
      ),
    more: () => context.askAgain(owner),
  });
  return [
    head,
    ...doubtRow(context, owner, problem),
    ...context.page(owner, groups, (group) => groupRow(context, owner, group, provider)),
  ];
}

/** Why an answer may be short of something. */
export function doubtRow(context: AccessContext, owner: AccessRow, problem: string | undefined): readonly AccessRow[] {
  if (problem === undefined) return [];
  const { t } = context.words;
  const look = () => plainLook(t('There may be more'), safeText(tellReason(t, problem)), 'warning', 'note', { color });
  return [context.row(owner, 'doubt:', { look })];
}

function groupRow(
  context: AccessContext,
  owner: AccessRow,
  { groupId, name, kind, rights }: MemberOfGroup,
  provider: string,
): AccessRow {
  const icon = rights.some((right) => context.isAdmin(provider, right)) ? 'key' : groupIcon(kind);
  return context.row(owner, `group:${groupId}`, {
    look: () => plainLook(safeText(name), rights.map(safeText).join(', '), icon, 'note'),
  });
}

/** Never the same as having nothing. */
export function failedRow(context: AccessContext, owner: AccessRow, thrown: unknown): AccessRow {
  const { t } = context.words;
  const error = toAppError(thrown);
  const { what } = context.explain(error);
  return context.row(owner, 'failed:', {
    look: () =>
      plainLook(
        what,
        joined([safeText(tellReason(t, error.message)), t('click to ask again')]),
        'error',
        'note more failed',
        {
          color: 'list.errorForeground',
          click: again(context),
        },
      ),
    more: () => context.askAgain(owner),
  });
}

/** A click on a row with `more` asks again. */
export function again({ words }: AccessContext) {
  return { command: 'tenantExplorer.loadMore', title: words.t('Ask Again') };
}
