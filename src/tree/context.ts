import type { ErrorKind } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { Row } from './row.ts';
import type { Words } from './words.ts';

/** What the rows work with. */
export interface TreeContext {
  readonly reader: StoreReader;
  readonly sync: Sync;
  readonly words: Words;
  /** What a failure means, and what to do. */
  explain(kind: ErrorKind): { readonly what: string; readonly advice: string };
  provider(id: string): Provider | undefined;
  /** Rows that a listing shows at first, and more with each "Load more". */
  pageSize(): number;
  /** Milliseconds that a load may take before the tree says that it is loading. */
  readonly patience: number;
  /** The row, or what is below it, looks different now. */
  changed(row: Row): void;
}
