/** What a command acts on; the rows of the tree are such targets. */
export interface Target {
  readonly tenantId: string;
  readonly groupId?: string;
  readonly memberId?: string;
  /** A row that stands for its listing only (a message, "Load more"): not one of the things that a selection means. */
  readonly isNote?: true;
}

/** A value that another extension or VS Code hands over as a target. */
export function isTarget(value: unknown): value is Target {
  if (typeof value !== 'object' || value === null) return false;
  const { tenantId, groupId, memberId } = value as Record<string, unknown>;
  return (
    typeof tenantId === 'string' &&
    (groupId === undefined || typeof groupId === 'string') &&
    (memberId === undefined || (typeof memberId === 'string' && typeof groupId === 'string'))
  );
}
