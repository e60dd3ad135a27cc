import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { entraRoutes } from './entra/routes.ts';
import { powerBIRoutes } from './powerbi/routes.ts';
import type { SandboxTenant } from './tenant.ts';
import { uiPathRoutes } from './uipath/routes.ts';

export interface SandboxAppOptions {
  /** Milliseconds that every reply takes longer. */
  readonly latency?: number;
  /** Told of every request as `GET /path?query`. */
  readonly onRequest?: (line: string) => void;
  /** Microsoft's sign-in service, for tenants that take its tokens. */
  readonly signIn?: (app: Hono) => void;
}

/**
 * The sandbox as a request handler: its `fetch` answers a Request with a Response.
 * @throws Error when two tenants have the same path.
 */
export function createSandboxApp(tenants: readonly SandboxTenant[], options: SandboxAppOptions = {}): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    options.onRequest?.(requestLine(c.req.method, c.req.url));
    // Unreferenced: a reply that nobody waits for any more must not keep the process alive.
    if (options.latency) await delay(options.latency, undefined, { ref: false });
    await next();
  });
  options.signIn?.(app);
  const paths = new Set<string>();
  for (const tenant of tenants) {
    if (paths.has(tenant.path)) throw new Error(`Two tenants have the path "${tenant.path}"`);
    paths.add(tenant.path);
    app.route(`/${tenant.path}`, routesOf(tenant));
  }
  app.notFound((c) => new Response(null, { status: c.req.method === 'GET' ? 404 : 405 }));
  return app;
}

function routesOf(tenant: SandboxTenant): Hono {
  switch (tenant.provider) {
    case 'powerbi':
      return powerBIRoutes(tenant);
    case 'uipath':
      return uiPathRoutes(tenant);
    case 'entra':
      return entraRoutes(tenant);
  }
}

/** A request in one line, with a readable `$` however the client has encoded it. */
export function requestLine(method: string, url: string): string {
  const { pathname, search } = new URL(url, 'http://localhost');
  return `${method} ${pathname}${search}`.replaceAll('%24', '$');
}
