import { principalIcon } from '../../core/principalIcon.ts';
import type { SnapshotChange, SnapshotComparison, SnapshotGap } from '../../core/savedSnapshots.ts';
import type { Target } from '../../core/target.ts';
import { groupKindWord, principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { groupCount, joined, memberCount } from '../descriptions.ts';
import { fact, stateWord } from '../facts.ts';
import { groupIcon } from '../groupIcon.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';

/** One change; a click shows in the tree what is still there of it. */
export function changeRow(
  context: AccessContext,
  parent: AccessRow,
  { tenantId }: SnapshotComparison,
  change: SnapshotChange,
): AccessRow {
  return 'member' in change
    ? memberRow(context, parent, tenantId, change)
    : groupRow(context, parent, tenantId, change);
}

type MemberChange = Extract<SnapshotChange, { readonly member: unknown }>;

function memberRow(context: AccessContext, parent: AccessRow, tenantId: string, change: MemberChange): AccessRow {
  const { t } = context.words;
  const { member, groupId, groupName, before, after } = change;
  const { name, email, isGuest } = member;
  const target = stillThere(context, { tenantId, groupId, memberId: member.id });
  const right = (side: string | undefined) => safeText(side ?? t('member'));
  // Nothing can be done with somebody who is gone.
  const flags =
    target.memberId === undefined ? 'accessPast' : email === undefined ? 'accessMember' : 'accessMember email';
  const rights =
    change.what === 'changed' ? `${right(before)} → ${right(after)}` : right(change.what === 'gained' ? after : before);
  return context.row(parent, JSON.stringify([groupId, member.id]), {
    ...target,
    look: () => {
      const description = joined([
        rights,
        safeText(groupName),
        isGuest ? t('Guest') : undefined,
        email === undefined || email === name ? undefined : safeText(email),
      ]);
      const more = { ...shown(context), kind: principalKindWord(t, member.principalType, member.isGuest) };
      return plainLook(safeText(name), description, principalIcon(member.principalType, member.isGuest), flags, more);
    },
    facts: () => [
      fact(t('Name'), name),
      ...(email === undefined ? [] : [fact(t('E-mail'), email)]),
      fact(t('Group'), groupName),
      fact(t('Right'), rights),
    ],
  });
}

function groupRow(
  context: AccessContext,
  parent: AccessRow,
  tenantId: string,
  change: Exclude<SnapshotChange, MemberChange>,
): AccessRow {
  const { t } = context.words;
  const { groupId, groupName } = change;
  const target = stillThere(context, { tenantId, groupId });
  const before = change.what === 'groupRenamed' ? t('before: {0}', safeText(change.before)) : '';
  const flags = target.groupId === undefined ? 'accessPast' : 'accessGroup';
  const kind = context.reader.group(tenantId, groupId)?.kind ?? '';
  return context.row(parent, groupId, {
    ...target,
    look: () =>
      plainLook(safeText(groupName), before, groupIcon(kind), flags, {
        ...shown(context),
        kind: groupKindWord(t, kind),
      }),
  });
}

/** A list that was not complete in one of the two: who is missing in it is no loss. */
export function changesGapRow(
  context: AccessContext,
  parent: AccessRow,
  { tenantId }: SnapshotComparison,
  { groupId, groupName, before, after, isOtherList, unknown }: SnapshotGap,
): AccessRow {
  const { t } = context.words;
  const target = stillThere(context, { tenantId, ...(groupId === undefined ? {} : { groupId }) });
  const isList = groupName === undefined;
  const label = isList ? t('The list of groups') : safeText(groupName);
  const counted = isList ? groupCount : memberCount;
  const count = unknown === 0 ? undefined : t('{0} unknown', counted(context.words, unknown));
  const [was, is] = [before, after].map((state) => stateWord(context.words, { state }));
  const changed = was === is ? is : `${was} → ${is}`;
  const states = isOtherList ? t('asked for with another address, account or choice of workspaces') : changed;
  return context.row(parent, `gap:${groupId ?? ''}`, {
    ...target,
    look: () =>
      plainLook(label, joined([states, count]), 'warning', 'accessGap', {
        ...shown(context),
        color: 'list.warningForeground',
      }),
  });
}

/** As much of a place as the tree has still. */
function stillThere({ reader }: AccessContext, { tenantId, groupId, memberId }: Target): Target {
  if (groupId === undefined || !reader.group(tenantId, groupId)) return { tenantId };
  if (memberId === undefined || !reader.member(tenantId, groupId, memberId)) return { tenantId, groupId };
  return { tenantId, groupId, memberId };
}

function shown({ words }: AccessContext) {
  return { click: { command: 'tenantExplorer.showInTenants', title: words.t('Show in Tenants') } };
}
