import type { DecodedPage } from '../../core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../core/provider/rows.ts';

/** Rows of a registered provider, which may be anything: those that are no rows are counted and left out. */
export function acceptRows(rows: {
  readonly groups?: readonly GroupRow[];
  readonly members?: readonly MemberRow[];
}): DecodedPage {
  const members = rows.members?.filter(isMemberRow);
  const groups = rows.groups?.filter(isGroupRow).map(acceptGroup);
  const malformed =
    (rows.members?.length ?? 0) - (members?.length ?? 0) + (rows.groups?.length ?? 0) - (groups?.length ?? 0);
  return { ...(groups ? { groups } : {}), ...(members ? { members } : {}), malformed };
}

function acceptGroup(group: GroupRow): GroupRow {
  const members = group.members?.filter(isMemberRow);
  if (!members) return group;
  const malformedMembers = (group.malformedMembers ?? 0) + (group.members?.length ?? 0) - members.length;
  return { ...group, members, malformedMembers };
}

function isGroupRow(row: GroupRow): boolean {
  return hasTexts(row, ['id', 'name'], ['kind']) && (row.members === undefined || Array.isArray(row.members));
}

function isMemberRow(row: MemberRow): boolean {
  return hasTexts(row, ['id', 'name', 'identifier', 'principalType'], ['email', 'source', 'accessRight']);
}

function hasTexts(row: object | null, required: readonly string[], optional: readonly string[]): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const value = (key: string): unknown => (row as Readonly<Record<string, unknown>>)[key];
  return (
    required.every((key) => typeof value(key) === 'string') &&
    optional.every((key) => value(key) === undefined || typeof value(key) === 'string') &&
    value('id') !== ''
  );
}
