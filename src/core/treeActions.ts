import type { ChosenFilter } from './memberFilter.ts';
import type { Target } from './target.ts';

/** What the tree can be told; commands know no more of it. */
export interface TreeActions {
  /** Rows that are selected now, those left out that only stand for a listing. */
  selection(): readonly Target[];
  /** Shows one page more of a listing: a tenant's groups, or a group's members. */
  showMore(target: Target): void;
  showAll(target: Target): void;
  /** Shows only groups that contain this text; `undefined` shows all again. */
  setFilter(tenantId: string, text: string | undefined): void;
  filter(tenantId: string): string | undefined;
  /** Shows only these members of a group; `undefined` shows all again. */
  setMemberFilter(tenantId: string, groupId: string, chosen: ChosenFilter | undefined): void;
  memberFilter(tenantId: string, groupId: string): ChosenFilter | undefined;
  /** The tenants and groups of which not all is shown because of a filter. */
  filtered(): readonly Target[];
  /** Opens the view and selects the row; does nothing when it is gone. */
  reveal(target: Target, options?: { readonly expand?: boolean }): Promise<void>;
  focus(): Promise<void>;
}
