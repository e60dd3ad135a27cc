import type { TenantRecord } from '../model.ts';
import { isServiceProvider, type Provider } from './provider.ts';
import type { ItemRow } from './rows.ts';

/** What a service says that somebody reaches item by item: an answer of its time, kept nowhere. */
export interface ItemsOf {
  /** Each once, by type and then by name. */
  readonly items: readonly ItemRow[];
  /** When it was asked, ISO 8601 in UTC. */
  readonly asOf: string;
  /** Why there may be more. */
  readonly problem?: string;
}

/** Whether a tenant's service can be asked for the items that one person reaches. */
export function tellsItemsOf(provider: Provider | undefined, { connection }: TenantRecord): boolean {
  return (
    provider !== undefined &&
    isServiceProvider(provider) &&
    provider.requests.itemsOf?.(connection, 'somebody@example.com') !== undefined
  );
}
