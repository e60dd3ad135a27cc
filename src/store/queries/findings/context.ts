import type { FindingId, FindingRow, FindingRules } from '../../../core/findings/findings.ts';
import type { Sql } from '../../sql.ts';
import type { TenantMeaning } from './tenantMeanings.ts';

/** What the rules work with. */
export interface FindingContext {
  readonly sql: Sql;
  readonly rules: FindingRules;
  readonly tenants: readonly TenantMeaning[];
  isWanted(...ids: readonly FindingId[]): boolean;
}

/** What a rule found by now, often nothing: other work gets its turn between any two. */
export type Found = Generator<readonly FindingRow[]>;
