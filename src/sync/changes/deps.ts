import type { ListingKey } from '../../core/listing.ts';
import type { Completeness, ReadOptions } from '../../core/model.ts';
import type { SyncDeps } from '../deps.ts';
import type { Gate } from '../gate.ts';

/** What changes work with: the same gates as the reads, and the reads themselves. */
export interface ChangeDeps extends SyncDeps {
  gateOf(tenantId: string): Gate;
  load(listing: ListingKey, options: ReadOptions): Promise<Completeness>;
  /**
   * Runs something that closing waits for: `closing` ends it where it is, `stopping`, when the tenants' loads are stopped,
   * lets what was sent come to its end.
   */
  run<T>(tenantIds: readonly string[], work: (closing: AbortSignal, stopping: AbortSignal) => Promise<T>): Promise<T>;
}
