import type { FindingDetail, FindingRef, IgnoredFinding } from '../../core/findings/findings.ts';
import type { FindingText } from '../../core/findings/findingsView.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { groupKindWord, principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { groupCount, memberCount } from '../descriptions.ts';
import { fact } from '../facts.ts';
import { groupIcon } from '../groupIcon.ts';
import type { Row } from '../row.ts';
import { childId } from '../rowIds.ts';
import type { Words } from '../words.ts';

/** A row that stands for a finding; as a target it is the group or the member. */
export interface FindingTreeRow extends Row {
  readonly finding: FindingRef;
  readonly isIgnored: boolean;
}

const made = new WeakSet<object>();

export function isFindingRow(row: unknown): row is FindingTreeRow {
  return typeof row === 'object' && row !== null && made.has(row);
}

/** @param turn tells rows apart that stand for the same finding */
export function createFindingRow(
  words: Words,
  parent: Row,
  detail: FindingDetail,
  text: FindingText,
  turn: number,
): FindingTreeRow {
  const { target, member, groupName, tenantName, accessRight, count, through } = detail;
  const isOfMany = detail.groupId === '';
  const label = safeText((member?.name ?? groupName).trim() || detail.memberId || target.groupId);
  const facts = [
    ...(member?.email === undefined || member.email === member.name ? [] : [member.email]),
    ...(accessRight === '' ? [] : [accessRight]),
    ...(member === undefined || isOfMany ? [] : [words.t('in {0}', groupName)]),
    ...(count === undefined ? [] : [counted(words, detail, count)]),
    ...(through ? [way(detail, through)] : []),
    tenantName,
  ];
  const description = facts.map(safeText).join(' · ');
  const kind = member
    ? principalKindWord(words.t, member.principalType, member.isGuest)
    : groupKindWord(words.t, detail.groupKind);
  const row: FindingTreeRow = {
    ...target,
    id: idOf(parent, detail, turn),
    parent,
    finding: refOf(detail),
    isIgnored: false,
    look: () => ({
      label,
      description,
      icon: member ? principalIcon(member.principalType, member.isGuest) : groupIcon(detail.groupKind),
      context: 'finding',
      spoken: [label, kind, description].filter((part) => part !== '').join(', '),
      click: { command: 'tenantExplorer.showInTenants', title: words.t('Show in “Tenants”') },
    }),
    facts: async () => [
      fact(words.t('Finding'), text.title),
      fact(words.t('Why'), text.why),
      fact(words.t('What to do'), text.advice),
      ...(member === undefined ? [] : [fact(words.t('Identifier'), member.identifier)]),
      fact(words.t('Group'), groupName),
      fact(words.t('Tenant'), tenantName),
      ...(detail.asOf === undefined ? [] : [fact(words.t('As of'), words.time(detail.asOf))]),
    ],
  };
  made.add(row);
  return row;
}

export function createIgnoredRow(
  words: Words,
  parent: Row,
  ignored: IgnoredFinding,
  text: FindingText,
  turn: number,
): FindingTreeRow {
  const { t, time } = words;
  const label = safeText(ignored.memberName || ignored.groupName);
  const where = ignored.memberName && ignored.groupName ? [t('in {0}', ignored.groupName)] : [];
  const by = t('{0}, {1}', ignored.by, time(ignored.at));
  const gone = ignored.isFound === undefined ? [t('not looked at')] : ignored.isFound ? [] : [t('not found any more')];
  const description = [text.title, ignored.reason, by, ...gone, ...where, ignored.tenantName].map(safeText).join(' · ');
  const row: FindingTreeRow = {
    ...(ignored.target ?? { tenantId: ignored.tenantId }),
    id: idOf(parent, ignored, turn),
    parent,
    finding: refOf(ignored),
    isIgnored: true,
    look: () => ({
      label,
      description,
      icon: 'eye-closed',
      context: 'ignoredFinding',
      spoken: [label, t('ignored'), description].join(', '),
      ...(ignored.target ? { click: { command: 'tenantExplorer.showInTenants', title: t('Show in “Tenants”') } } : {}),
    }),
    facts: async () => [
      fact(t('Finding'), text.title),
      fact(t('Ignored because'), ignored.reason),
      fact(t('By'), by),
      fact(t('Tenant'), ignored.tenantName),
    ],
  };
  made.add(row);
  return row;
}

function counted(words: Words, { finding }: FindingDetail, count: number): string {
  if (finding === 'deepNesting') return words.t('{0} levels', words.number(count));
  if (finding === 'builtInAdmins') return memberCount(words, count);
  return groupCount(words, count);
}

function way({ finding, groupName }: FindingDetail, through: readonly string[]): string {
  return (finding === 'doubleGrant' ? through : [groupName, ...through]).join(' → ');
}

function refOf({ finding, tenantId, groupId, memberId, accessRight }: FindingRef): FindingRef {
  return { finding, tenantId, groupId, memberId, accessRight };
}

function idOf(parent: Row, { finding, tenantId, groupId, memberId, accessRight }: FindingRef, turn: number): string {
  return [finding, tenantId, groupId, memberId, accessRight, String(turn)].reduce(childId, parent.id);
}
