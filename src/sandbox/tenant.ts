import type { EntraTenant } from './entra/tenant.ts';
import type { PowerBITenant } from './powerbi/tenant.ts';
import type { UiPathTenant } from './uipath/tenant.ts';

/** A tenant that the sandbox serves. */
export type SandboxTenant = PowerBITenant | UiPathTenant | EntraTenant;
