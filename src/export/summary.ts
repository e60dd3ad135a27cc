import type { ListingState } from '../core/model.ts';
import type { Translate } from '../core/text/translate.ts';
import { groupsWord } from './counts.ts';
import { type ExportHead, isWhole, type ScopeHead } from './head.ts';

/** Names in a sentence; the head of a JSON export has more. */
const mostNamed = 5;

/** What a head is told with. */
export interface Wording {
  readonly t: Translate;
  /** All that there are, by the names that people know them by. */
  providers(): readonly { readonly id: string; readonly label: string }[];
}

/** A provider's name for people; its id, where the extension that brings it is not there. */
export function providerLabel({ providers }: Pick<Wording, 'providers'>, id: string): string {
  return providers().find((one) => one.id === id)?.label ?? id;
}

/** A head in words: scope, time, gaps, and what no export covers. */
export function summaryOf(wording: Wording, head: Omit<ExportHead, 'summary'>): string {
  const { t } = wording;
  const { exportedAt, oldestAsOf, isComplete, scope, accessOf, remarks = [] } = head;
  const gaps = scope.filter((one) => !isWhole(one));
  return [
    accessOf === undefined
      ? t('Access as Tenant Explorer knew it at {0}.', exportedAt)
      : t(
          'Access of {0} as Tenant Explorer knew it at {1}.',
          accessOf.map((name) => `“${name}”`).join(', '),
          exportedAt,
        ),
    t('Scope: {0}.', scope.map((one) => scopeWords(wording, one)).join('; ')),
    ...(oldestAsOf === null ? [] : [t('The oldest rows were read at {0}.', oldestAsOf)]),
    isComplete
      ? t('Every list in it is complete.')
      : t('Not complete: {0}.', [...gaps.map((one) => gap(t, one)), ...remarks].join('; ')),
    t(
      'Workspace roles and group memberships are not all access: items that were shared one by one, audiences of apps and roles on folders are not in it.',
    ),
  ].join(' ');
}

function scopeWords(
  wording: Wording,
  { tenant, provider, chosenGroups, chosenMembers, memberLists }: ScopeHead,
): string {
  const { t } = wording;
  const where = `${tenant} (${providerLabel(wording, provider)})`;
  if (chosenGroups === undefined) return t('{0}, all known groups ({1})', where, total(memberLists));
  const names = someNames(t, chosenGroups, total(memberLists));
  return chosenMembers === undefined
    ? t('{0}, chosen groups: {1}', where, names)
    : chosenMembers === 1
      ? t('{0}, 1 chosen member of: {1}', where, names)
      : t('{0}, {1} chosen members of: {2}', where, chosenMembers, names);
}

function gap(t: Translate, { tenant, groups, memberLists, incomplete }: ScopeHead): string {
  const { complete = 0, ...others } = memberLists;
  const all = total(memberLists);
  const states = Object.entries(others).map(([state, count]) => `${count} ${stateWord(t, state as ListingState)}`);
  const facts = [
    ...(groups === undefined || groups.state === 'complete'
      ? []
      : [t('the list of groups is {0}', stateWord(t, groups.state))]),
    ...(states.length === 0
      ? []
      : [
          t(
            'the members of {0} of {1} are not ({2}): {3}',
            ...[all - complete, groupsWord(t, all), states.join(', ')],
            someNames(
              t,
              incomplete.map(({ groupName }) => groupName),
              all - complete,
            ),
          ),
        ]),
  ];
  return `${tenant}: ${facts.join(', ')}`;
}

function someNames(t: Translate, names: readonly string[], count: number): string {
  const some = names.slice(0, mostNamed).map((name) => `“${name}”`);
  return count > some.length ? t('{0} and {1} more', some.join(', '), count - some.length) : some.join(', ');
}

function total(counts: ScopeHead['memberLists']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function stateWord(t: Translate, state: ListingState): string {
  const words: Readonly<Record<ListingState, string>> = {
    notLoaded: t('not loaded'),
    loading: t('loading'),
    complete: t('complete'),
    partial: t('partial'),
    denied: t('denied'),
    throttled: t('throttled'),
    failed: t('failed'),
  };
  return words[state];
}
