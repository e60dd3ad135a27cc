import { createSandboxApp } from '../../../src/sandbox/app.ts';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';

/** Asks one tenant of the sandbox, without a network. */
export type Ask = (path: string, headers?: Record<string, string>) => Promise<Response>;

/** A client that is signed in to a tenant, unless its headers say otherwise. */
export function clientOf(tenant: SandboxTenant): Ask {
  const app = createSandboxApp([tenant]);
  return async (path, headers = { authorization: `Bearer ${tenant.accessToken}` }) =>
    app.request(`/${tenant.path}${path}`, { headers });
}

/** The `value` of a Power BI list. */
export async function rowsOf(reply: Response | Promise<Response>): Promise<Record<string, unknown>[]> {
  const body = (await (await reply).json()) as { value: Record<string, unknown>[] };
  return body.value;
}
