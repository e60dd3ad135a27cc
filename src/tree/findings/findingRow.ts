import type { FindingDetail, FindingRef, IgnoredFinding } from '../../core/findings.ts';
import type { FindingText } from '../../core/findingsView.ts';
import { safeText } from '../../core/text.ts';
import { fact } from '../facts.ts';
import { groupIcon } from '../icons.ts';
import type { Row } from '../row.ts';
import { childId } from '../rowIds.ts';
import type { Words } from '../words.ts';

/** A row that stands for a finding; as a target it is the group or the member. */
export interface FindingTreeRow extends Row {
  readonly finding: FindingRef;
  readonly isIgnored: boolean;
}

const icons = { user: 'person', group: 'organization', app: 'extensions', robot: 'hubot', everyone: 'globe' };

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
  return {
    ...target,
    id: idOf(parent, detail, turn),
    parent,
    finding: refOf(detail),
    isIgnored: false,
    look: () => ({
      label,
      description,
      icon: member
        ? (Object.entries(icons).find(([type]) => type === member.principalType)?.[1] ?? 'question')
        : groupIcon(detail.groupKind),
      context: 'finding',
      spoken: `${label}, ${description}`,
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
  const gone = ignored.isFound ? [] : [t('not found any more')];
  const description = [text.title, ignored.reason, by, ...gone, ...where, ignored.tenantName].map(safeText).join(' · ');
  return {
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
      spoken: `${label}, ${description}`,
      ...(ignored.target ? { click: { command: 'tenantExplorer.showInTenants', title: t('Show in “Tenants”') } } : {}),
    }),
    facts: async () => [
      fact(t('Finding'), text.title),
      fact(t('Ignored because'), ignored.reason),
      fact(t('By'), by),
      fact(t('Tenant'), ignored.tenantName),
    ],
  };
}

function counted({ t, number }: Words, { finding }: FindingDetail, count: number): string {
  if (finding === 'deepNesting') return t('{0} levels', number(count));
  if (finding === 'builtInAdmins') return t('{0} members', number(count));
  return count === 1 ? t('1 group') : t('{0} groups', number(count));
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
