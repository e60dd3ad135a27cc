import { dealPlaces } from './generated/deal.ts';
import { generatedEntraTenant } from './generated/entra.ts';
import { generatedPowerBITenant } from './generated/powerbi.ts';
import { generatedUiPathTenant } from './generated/uipath.ts';
import type { SandboxTenant } from './tenant.ts';
import { tenantIdentity } from './tenantIdentity.ts';
import type { EmbeddedMembers } from './uipath/tenant.ts';

export interface GeneratedTenantOptions {
  readonly provider: 'powerbi' | 'uipath' | 'entra';
  readonly groups: number;
  readonly membersPerGroup: number;
  /** How many people share the places; at least as many as a group has. */
  readonly people?: number;
  /** Power BI only. */
  readonly scope?: 'member' | 'admin';
  /**
   * Power BI only: of ten workspaces one is personal, one is deleted, one has no administrator; and every other one is
   * on one of two capacities.
   */
  readonly isMixed?: boolean;
  /** Entra only: so many groups are in each group, as in a tree. */
  readonly groupsPerGroup?: number;
  /** UiPath only. */
  readonly embeddedMembers?: EmbeddedMembers;
  /** Another seed, other ids and names. */
  readonly seed?: number;
  /** Tenants of one server need names of their own. */
  readonly name?: string;
}

/**
 * A tenant of any size, the same for the same options. Its rows are computed when they are read, so that 100,000
 * groups cost nothing until somebody asks for them.
 */
export function generateTenant(options: GeneratedTenantOptions): SandboxTenant {
  const {
    provider,
    groups,
    membersPerGroup,
    scope = 'member',
    isMixed = false,
    groupsPerGroup = 0,
    embeddedMembers = 'populated',
    seed = 1,
  } = options;
  const people = Math.max(1, membersPerGroup, options.people ?? Math.min(20_000, groups * 2));
  const identity = tenantIdentity({ name: options.name ?? `Generated ${provider} ${seed}` });
  const deal = dealPlaces(groups, membersPerGroup, people);
  if (provider === 'entra') return generatedEntraTenant(identity, { groups, seed, groupsPerGroup }, deal);
  return provider === 'powerbi'
    ? generatedPowerBITenant(identity, { groups, scope, seed, isMixed }, deal)
    : generatedUiPathTenant(identity, { groups, people, seed, embeddedMembers }, deal);
}
