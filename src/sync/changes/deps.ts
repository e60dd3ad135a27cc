import type { ListingKey } from '../../core/listing.ts';
import type { Completeness, ReadOptions } from '../../core/model.ts';
import type { SyncDeps } from '../deps.ts';
import type { Gate } from '../gate.ts';

/** What changes work with: the same gates as the reads, and the reads themselves. */
export interface ChangeDeps extends SyncDeps {
  gateOf(tenantId: string): Gate;
  load(listing: ListingKey, options: ReadOptions): Promise<Completeness>;
  /** Runs something that ends when the tenants' loads are stopped, and that closing waits for. */
  run<T>(tenantIds: readonly string[], work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}
