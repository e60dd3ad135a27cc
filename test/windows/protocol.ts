import type { TenantExplorerApi } from '../../src/api.ts';
import type { Change } from '../contract/changes.ts';

/** What can be asked for from outside of the extension host. */
export type Call = keyof RemoteApi;

/** To the extension host. */
export interface Asked {
  readonly id: number;
  readonly call: Call;
  readonly args: readonly unknown[];
}

/** From the extension host: who it is, once; each answer; each change that the extension's API tells of. */
export type Told =
  | { readonly pid: number }
  | { readonly id: number; readonly value?: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly change: Change };

/** The API as it is called from outside, and two commands. */
export interface RemoteApi
  extends Pick<TenantExplorerApi, 'addTenant' | 'removeTenant' | 'tenants' | 'groups' | 'members' | 'loadAll'> {
  signIn(tenantId: string): Promise<unknown>;
  signOut(tenantId: string): Promise<unknown>;
}
