import type { Fault } from '../../core/errors.ts';
import type { ListingKey } from '../../core/listing.ts';
import type { ChosenFilter } from '../../core/memberFilter.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { StoreReader } from '../../core/store.ts';
import type { Sync } from '../../core/sync.ts';
import type { Row } from '../row.ts';
import type { Words } from '../words.ts';

/** The rows of a listing that stands below a row of another one. */
export interface InnerListing {
  /** The row of a member, if it is shown. */
  get(id: string): Row | undefined;
  showMore(): void;
  showAll(): void;
  onProgress(): void;
  dispose(): void;
}

/** What the rows work with. */
export interface TreeContext {
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly words: Words;
  /** What a failure means, and what to do. */
  explain(fault: Fault): { readonly what: string; readonly advice: string };
  provider(id: string): Provider | undefined;
  /** Rows that a listing shows at first, and more with each "Load more". */
  pageSize(): number;
  /** Milliseconds that a load may take before the tree says that it is loading. */
  readonly patience: number;
  /** Which members of a group are shown, if not all. */
  memberFilter(tenantId: string, groupId: string): ChosenFilter | undefined;
  /** The row, or what is below it, looks different now. */
  changed(row: Row): void;
  /** Has rows that stand below a row of another listing hear of the loads and changes of their own. */
  watch(listing: ListingKey, owner: Row, rows: InnerListing): void;
}
