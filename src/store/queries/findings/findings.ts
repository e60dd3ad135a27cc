import type {
  FindingCoverage,
  FindingId,
  FindingRow,
  FindingRules,
  FindingSlice,
} from '../../../core/findings/findings.ts';
import type { ListingState } from '../../../core/model.ts';
import { groupsListing } from '../../listingKeys.ts';
import type { Sql } from '../../sql.ts';
import type { FindingContext, Found } from './context.ts';
import { findDoubleGrants } from './doubleGrants.ts';
import { readIgnored } from './ignored.ts';
import { findInGroups } from './inGroups.ts';
import { findNesting, readNesting } from './nesting.ts';
import { findPrincipals } from './principals.ts';
import { readTenantMeanings, type TenantMeaning } from './tenantMeanings.ts';

/** Milliseconds after which other work gets its turn. */
const turn = 8;

/**
 * All that the rules find, rule by rule; at the end for how much of each tenant that holds. What is ignored is left out,
 * and told at the end.
 */
export function* findingSlices(sql: Sql, rules: FindingRules): Generator<FindingSlice> {
  const tenants = readTenantMeanings(sql, rules);
  const isWanted = (...ids: readonly FindingId[]) => ids.some((id) => rules.ids.includes(id));
  const context: FindingContext = { sql, rules, tenants, isWanted };
  const meant = tenants.filter(({ id }) => rules.tenantIds?.includes(id) ?? true);
  const isMeant = createIsMeant(sql, rules, meant);
  const ignored = readIgnored(sql, meant, rules);
  let rows: FindingRow[] = [];
  let begun = performance.now();
  for (const found of all(context)) {
    for (const row of found) if (isWanted(row.finding) && isMeant(row.grp) && !ignored.take(row)) rows.push(row);
    // Most parts take microseconds, and a turn of other work costs more than that.
    if (performance.now() - begun < turn) continue;
    yield { rows };
    rows = [];
    begun = performance.now();
  }
  yield { rows, end: { coverage: meant.map((tenant) => coverageOf(sql, tenant)), ignored: ignored.told() } };
}

function* all(context: FindingContext): Found {
  const groups = yield* findInGroups(context);
  yield* findPrincipals(context);
  if (!context.isWanted('nestingCycle', 'deepNesting', 'doubleGrant')) return;
  const nesting = yield* readNesting(context, groups);
  yield* findNesting(nesting);
  if (context.isWanted('doubleGrant')) yield* findDoubleGrants(context, nesting);
}

/** Whether a group is of a tenant that findings are told of. */
function createIsMeant(
  sql: Sql,
  { tenantIds }: FindingRules,
  meant: readonly TenantMeaning[],
): (grp: number) => boolean {
  if (!tenantIds) return () => true;
  const tenants = new Set(meant.map(({ key }) => key));
  return (grp) => tenants.has(sql.get<{ tenant: number }>('SELECT tenant FROM grp WHERE key = ?', grp)?.tenant ?? -1);
}

function coverageOf(sql: Sql, { key, id: tenantId, name, provider }: TenantMeaning): FindingCoverage {
  const known = sql.get<{ groups: number; looked: number; state: ListingState | null }>(
    `SELECT (SELECT count(*) FROM grp WHERE tenant = ?1) AS groups,
       (SELECT count(*) FROM listing WHERE tenant = ?1 AND grp > 0 AND state = 'complete') AS looked,
       (SELECT state FROM listing WHERE tenant = ?1 AND grp = ${groupsListing}) AS state`,
    key,
  );
  return {
    tenantId,
    name,
    provider,
    groups: known?.groups ?? 0,
    looked: known?.looked ?? 0,
    state: known?.state ?? 'notLoaded',
  };
}
