import type { IsAdminRight } from '../../core/access/ways.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { StoreReader } from '../../core/store.ts';
import type { Sync } from '../../core/sync.ts';
import type { Target } from '../../core/target.ts';
import type { Fact, Look } from '../row.ts';
import type { TreeContext } from '../tenants/treeContext.ts';
import type { Words } from '../words.ts';

/** A row of the view "Access"; one that stands for a tenant, group or member is also the target that commands get. */
export interface AccessRow extends Partial<Target> {
  readonly id: string;
  readonly parent: AccessRow | undefined;
  look(): Look;
  facts?(): readonly Fact[];
  children?(): readonly AccessRow[] | Promise<readonly AccessRow[]>;
  /** Whether it is open from the start. */
  readonly isOpen?: boolean;
  /** Of "Load more". */
  more?(): void;
}

/** What the rows of the view work with. */
export interface AccessContext {
  readonly reader: StoreReader;
  readonly words: Words;
  explain: TreeContext['explain'];
  provider(tenant: TenantRecord): Provider | undefined;
  isAdmin: IsAdminRight;
  readonly sync: Pick<Sync, 'memberOf' | 'itemsOf'>;
  /** What a service answers to a row, which asks once until it is to ask again or the view shows somebody else. */
  answer<T>(owner: AccessRow, ask: (signal: AbortSignal) => Promise<T>): Promise<T>;
  askAgain(owner: AccessRow): void;
  /**
   * The row with this id as it is to be from now on: the same object as before, for VS Code knows rows by identity.
   * @param id unique among its siblings
   */
  row(parent: AccessRow | undefined, id: string, fields: Omit<AccessRow, 'id' | 'parent'>): AccessRow;
  /** Rows for the items that are shown below a row, and "Load more" where there are others. */
  page<T>(owner: AccessRow, items: readonly T[], toRow: (item: T) => AccessRow): readonly AccessRow[];
}
