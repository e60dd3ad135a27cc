import type { SnapshotChange, SnapshotGap } from '../core/savedSnapshots.ts';

/** One change between two snapshots, or a list that was not complete in one of them, as every table tells it. */
export interface ChangeRow {
  readonly change: SnapshotChange['what'] | 'notKnown';
  readonly tenant: string;
  /** Empty where it is about the list of groups. */
  readonly groupName: string;
  readonly groupId: string;
  readonly principalName: string;
  readonly email: string;
  readonly principalId: string;
  readonly type: string;
  readonly guest: string;
  /** Of a member the right, of a renamed group its name, of an incomplete list its state. */
  readonly before: string;
  readonly after: string;
  /** Of an incomplete list: how many may be missing in it. */
  readonly unknown: string;
}

/** With the widths that a spreadsheet gives them. */
export const changeColumns: Readonly<Record<keyof ChangeRow, number>> = {
  ...{ change: 14, tenant: 20, groupName: 30, groupId: 38, principalName: 28, email: 34, principalId: 38, type: 10 },
  ...{ guest: 8, before: 16, after: 16, unknown: 10 },
};

export function changeCells(row: ChangeRow): readonly string[] {
  return Object.keys(changeColumns).map((column) => row[column as keyof ChangeRow]);
}

const nobody = { principalName: '', email: '', principalId: '', type: '', guest: '' };

export function changeRow(tenant: string, change: SnapshotChange): ChangeRow {
  const { what, groupName, groupId } = change;
  const group = { change: what, tenant, groupName, groupId, unknown: '' };
  if (!('member' in change)) {
    const names =
      change.what === 'groupRenamed' ? { before: change.before, after: groupName } : { before: '', after: '' };
    return { ...group, ...nobody, ...names };
  }
  const { member, before = '', after = '' } = change;
  return {
    ...group,
    principalName: member.name,
    email: member.email ?? '',
    principalId: member.id,
    type: member.principalType,
    guest: String(member.isGuest),
    before,
    after,
  };
}

export function gapRow(
  tenant: string,
  { groupName = '', groupId = '', before, after, isOtherList, unknown }: SnapshotGap,
): ChangeRow {
  const states = { before, after: isOtherList ? 'askedForOtherwise' : after };
  return { change: 'notKnown', tenant, groupName, groupId, ...nobody, ...states, unknown: String(unknown) };
}
