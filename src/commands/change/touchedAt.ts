import type { LoggedChange } from '../../core/changes/changes.ts';
import type { PlanOptions } from '../../core/changes/pipeline.ts';

/** When a group was last changed by some entries of the change log: what was read of it before is not true any more. */
export function touchedAt(entries: readonly LoggedChange[]): NonNullable<PlanOptions['touchedAt']> {
  const times = new Map<string, number>();
  for (const { at, change } of entries) {
    const key = keyOf(change.tenantId, change.groupId);
    times.set(key, Math.max(Date.parse(at), times.get(key) ?? 0));
  }
  return (tenantId, groupId) => times.get(keyOf(tenantId, groupId));
}

function keyOf(tenantId: string, groupId: string | undefined): string {
  return JSON.stringify([tenantId, groupId ?? '']);
}
