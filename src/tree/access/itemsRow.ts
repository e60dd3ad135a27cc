import type { TenantAccess } from '../../core/access/result.ts';
import { knowsEmail, type Subject } from '../../core/access/subject.ts';
import { type ItemsOf, tellsItemsOf } from '../../core/provider/itemsOf.ts';
import type { ItemRow } from '../../core/provider/rows.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { again, doubtRow, failedRow } from './askedRow.ts';
import { plainLook } from './look.ts';

/** By what a service knows somebody whose items it can be asked for; nothing where it cannot. */
export function itemsOwner(
  context: AccessContext,
  { tenant, principals }: TenantAccess,
  subject: Subject,
): string | undefined {
  if (subject.principalType !== 'user' || !tellsItemsOf(context.provider(tenant), tenant)) return undefined;
  // The id is surest: the e-mail address of a guest is not what they sign in with.
  const [byId] = principals.flatMap(({ objectId }) => objectId ?? []);
  const [byEmail] = principals.flatMap(({ email }) => email ?? []);
  return byId ?? byEmail ?? knowsEmail(subject);
}

/** The offer to ask the service itself for the items that somebody reaches; below it what it says. */
export function itemsRow(
  context: AccessContext,
  parent: AccessRow,
  access: TenantAccess,
  subject: Subject,
): readonly AccessRow[] {
  const { t } = context.words;
  const { tenant } = access;
  const user = itemsOwner(context, access, subject);
  const label = context.provider(tenant)?.label;
  if (user === undefined || label === undefined) return [];
  // By the person, too: else a row that was opened for somebody would ask for the next one unasked.
  const row: AccessRow = context.row(parent, `items:${user}`, {
    look: () =>
      plainLook(
        t('Ask {0} for items that {1} reaches', label, safeText(subject.name)),
        t('asked when opened; not kept, and not in copies and exports'),
        'cloud',
        'note',
      ),
    children: async () => {
      try {
        const ask = (signal: AbortSignal) => context.sync.itemsOf(tenant.id, user, signal);
        return answerRows(context, row, await context.answer(row, ask));
      } catch (error) {
        return [failedRow(context, row, error)];
      }
    },
  });
  return [row];
}

function answerRows(context: AccessContext, owner: AccessRow, answer: ItemsOf): readonly AccessRow[] {
  const { t, age, number } = context.words;
  const { items, asOf, problem } = answer;
  const count =
    items.length === 0
      ? t('Reaches no item')
      : items.length === 1
        ? t('Reaches 1 item')
        : t('Reaches {0} items', number(items.length));
  const head = context.row(owner, 'said:', {
    look: () =>
      plainLook(count, joined([age(asOf), t('click to ask again')]), 'info', 'note more', { click: again(context) }),
    more: () => context.askAgain(owner),
  });
  return [
    head,
    ...doubtRow(context, owner, problem),
    ...context.page(owner, items, (item) => itemRow(context, owner, item)),
  ];
}

const icons: Readonly<Record<string, string>> = {
  Report: 'graph',
  PaginatedReport: 'graph',
  Dashboard: 'dashboard',
  Dataset: 'database',
  Dataflow: 'type-hierarchy-sub',
  Workbook: 'table',
  App: 'package',
};

function itemRow(context: AccessContext, owner: AccessRow, { id, name, type, right = '' }: ItemRow): AccessRow {
  return context.row(owner, `item:${JSON.stringify([type, id])}`, {
    look: () => plainLook(safeText(name), joined([safeText(type), safeText(right)]), icons[type] ?? 'file', 'note'),
  });
}
