import type { Logger } from '../core/logger.ts';
import type { SavedSnapshot, Snapshots } from '../core/savedSnapshots.ts';
import type { StoreReader } from '../core/store.ts';

/** So many are kept of a tenant. */
const mostKept = 90;

export interface DailySnapshotDeps {
  readonly reader: Pick<StoreReader, 'snapshots'>;
  readonly snapshots: Snapshots;
  readonly log: Logger;
}

/** Takes a snapshot of a tenant that was read whole, unless there is one of the same day, and deletes the oldest of its kind. */
export async function takeDailySnapshot(
  { reader, snapshots, log }: DailySnapshotDeps,
  tenantId: string,
  now = new Date(),
): Promise<void> {
  try {
    const midnight = new Date(now);
    midnight.setHours(0, 0, 0, 0);
    const taken = await snapshots.take(tenantId, { isAutomatic: true, unlessSince: midnight.toISOString() });
    if (taken === undefined) return;
    const old = automaticOf(reader, tenantId).slice(mostKept);
    if (old.length > 0) await snapshots.delete(old.map(({ key }) => key));
  } catch (error) {
    // Nobody waits for it, and the next whole reading tries again.
    log.error('The daily snapshot could not be taken.', error);
  }
}

/** Newest first. */
function automaticOf(reader: Pick<StoreReader, 'snapshots'>, tenantId: string): readonly SavedSnapshot[] {
  return reader.snapshots(tenantId).filter(({ isAutomatic }) => isAutomatic);
}
