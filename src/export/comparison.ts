import type { PastMember, SnapshotChange, SnapshotComparison } from '../core/savedSnapshots.ts';
import { principalKindWord } from '../core/text/kindWords.ts';
import { safeText } from '../core/text/text.ts';
import type { Translate } from '../core/text/translate.ts';
import { groupsWord, membersWord } from './counts.ts';
import { literal } from './formats/literal.ts';
import { stateWord } from './summary.ts';

/** Both sides as text, with only the lines that differ, in one order whenever it is made. */
export function comparisonTexts(
  comparison: SnapshotComparison,
  t: Translate,
): { readonly before: string; readonly after: string } {
  const groups = [...Map.groupBy(comparison.changes, ({ groupId }) => groupId).values()];
  const text = (side: 'before' | 'after') => {
    const head = [
      t(
        '{0}, access as of “{1}” ({2})',
        safeText(comparison.tenant),
        safeText(comparison[side].label),
        comparison[side].at,
      ),
      t('Only what differs is listed. Workspace roles and group memberships; items shared one by one are not in it.'),
      ...gapLines(comparison, t),
    ];
    return `${[...head, '', ...groups.flatMap((changes) => groupLines(changes, side, t))].join('\n')}\n`;
  };
  return { before: text('before'), after: text('after') };
}

function groupLines(changes: readonly SnapshotChange[], side: 'before' | 'after', t: Translate): readonly string[] {
  const [first] = changes;
  if (!first) return [];
  const renamed = changes.find((change) => change.what === 'groupRenamed');
  const name = side === 'before' && renamed ? renamed.before : first.groupName;
  const isThere = !changes.some(({ what }) => what === (side === 'before' ? 'groupCame' : 'groupWent'));
  const lines = changes.flatMap((change) => {
    const hasIt = 'member' in change && change.what !== (side === 'before' ? 'gained' : 'lost');
    return hasIt ? [`  ${person(change.member, t)}: ${safeText(change[side] ?? t('member'))}`] : [];
  });
  return isThere ? [`${safeText(name)} [${safeText(first.groupId)}]`, ...lines.sort(), ''] : [];
}

function person({ name, email, principalType, isGuest }: PastMember, t: Translate): string {
  const kind = principalKindWord(t, principalType, isGuest);
  const address = email === undefined || email === name ? '' : `, ${safeText(email)}`;
  return `${safeText(name)}${address} (${safeText(kind)})`;
}

function gapLines({ gaps }: SnapshotComparison, t: Translate): readonly string[] {
  return gaps.map(({ groupName, before, after, isOtherList, unknown }) => {
    if (isOtherList)
      return t(
        'The list of groups was asked for with another address, account or choice of workspaces; {0} unknown.',
        groupsWord(t, unknown),
      );
    const states = [stateWord(t, before), stateWord(t, after)] as const;
    return groupName === undefined
      ? t('Incomplete: the list of groups ({0} → {1}); {2} unknown.', ...states, groupsWord(t, unknown))
      : t('Incomplete: {0} ({1} → {2}); {3} unknown.', safeText(groupName), ...states, membersWord(t, unknown));
  });
}

/** A document to read and to hand over. */
export function comparisonReport(comparison: SnapshotComparison, t: Translate): string {
  const { tenant, before, after, changes, gaps } = comparison;
  const sections: readonly [string, SnapshotChange['what']][] = [
    [t('Gained access'), 'gained'],
    [t('Lost access'), 'lost'],
    [t('Changed right'), 'changed'],
    [t('Groups that came'), 'groupCame'],
    [t('Groups that went'), 'groupWent'],
    [t('Groups renamed'), 'groupRenamed'],
  ];
  const lines = [
    `# ${literal(tenant)}`,
    '',
    t('From “{0}” ({1}) to “{2}” ({3}).', literal(before.label), before.at, literal(after.label), after.at),
    '',
    t(
      'Workspace roles and group memberships; items shared one by one, audiences of apps and roles on folders are not in it.',
    ),
    '',
    ...(changes.length === 0 ? [t('Nothing that is known of both has changed.'), ''] : []),
  ];
  for (const [title, what] of sections) {
    const own = changes.filter((change) => change.what === what);
    if (own.length === 0) continue;
    lines.push(`## ${title} (${own.length})`, '', ...own.map((change) => `- ${changeLine(change, t)}`), '');
  }
  if (gaps.length > 0) {
    lines.push(`## ${t('Not known')} (${gaps.length})`, '');
    lines.push(t('These lists were incomplete in one of the two. Who is missing in them is not told as a change.'), '');
    lines.push(...gapLines(comparison, t).map((line) => `- ${literal(line)}`), '');
  }
  return lines.join('\n');
}

function changeLine(change: SnapshotChange, t: Translate): string {
  const group = literal(change.groupName);
  if (!('member' in change)) return change.what === 'groupRenamed' ? `${literal(change.before)} → ${group}` : group;
  const who = literal(person(change.member, t));
  const right = (side: string | undefined) => literal(side ?? t('member'));
  if (change.what === 'changed') return `${who} – ${group}: ${right(change.before)} → ${right(change.after)}`;
  return `${who} – ${group}: ${right(change.what === 'gained' ? change.after : change.before)}`;
}

export function comparisonJson({ tenant, before, after, changes, gaps }: SnapshotComparison): string {
  return JSON.stringify({ tenant, before, after, changes, gaps }, undefined, 2);
}
