import type { Completeness } from './model.ts';
import type { StoreReader } from './store.ts';

/** `complete` if every listing is; else the groups listing's state if that did not complete; else `partial` with counts. */
export function wholeTenantCompleteness(reader: StoreReader, tenantId: string, groups: Completeness): Completeness {
  if (groups.state !== 'complete') return groups;
  const { rows, complete: _, retryAt, asOf: oldest, ...gaps } = reader.memberListings(tenantId);
  const names = {
    notLoaded: 'not loaded',
    partial: 'partial',
    denied: 'denied',
    throttled: 'throttled',
    failed: 'failed',
  } as const;
  const counts = (Object.keys(names) as (keyof typeof names)[])
    .filter((name) => gaps[name] > 0)
    .map((name) => `${gaps[name]} ${names[name]}`);
  // As old as the oldest of its parts.
  const [time] = [groups.asOf, oldest].filter((at) => at !== undefined).sort();
  const asOf = time === undefined ? {} : { asOf: time };
  if (counts.length === 0) return { state: 'complete', count: rows, ...asOf };
  return {
    state: 'partial',
    count: rows,
    reason: `Of the groups' member listings: ${counts.join(', ')}.`,
    ...asOf,
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}
