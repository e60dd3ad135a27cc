import { contoso } from './samples/contoso.ts';
import { contosoDirectory } from './samples/contosoDirectory.ts';
import { fabrikam } from './samples/fabrikam.ts';
import { northwind } from './samples/northwind.ts';
import type { SandboxTenant } from './tenant.ts';

/**
 * The tenants to look around in without having one: two of Power BI, one of UiPath, and the directory of the groups that
 * are members in them; the same in every run.
 */
export function sampleTenants(): readonly SandboxTenant[] {
  return [contoso(), fabrikam(), northwind(), contosoDirectory()];
}
