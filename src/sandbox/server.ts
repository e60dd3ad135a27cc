import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createSandboxApp, type SandboxAppOptions } from './app.ts';
import { connectionTo, type SandboxConnection } from './connections.ts';
import { sampleTenants } from './sampleTenants.ts';
import type { SandboxTenant } from './tenant.ts';

const MAX_LOGGED_REQUESTS = 1000;

export interface SandboxOptions {
  /** The sample tenants, unless told otherwise. */
  readonly tenants?: readonly SandboxTenant[];
  /** A free one, unless told otherwise. */
  readonly port?: number;
  /** Milliseconds that every reply takes longer. */
  readonly latency?: number;
  /** See `SandboxAppOptions`. */
  readonly signIn?: SandboxAppOptions['signIn'];
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly connections: readonly SandboxConnection[];
  /** The latest requests, oldest first, as `GET /path?query`. */
  readonly requests: readonly string[];
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

/**
 * Serves tenants over HTTP, to this machine only.
 * @throws Error when the port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const tenants = options.tenants ?? sampleTenants();
  const requests: string[] = [];
  const app = createSandboxApp(tenants, {
    ...(options.latency === undefined ? {} : { latency: options.latency }),
    ...(options.signIn === undefined ? {} : { signIn: options.signIn }),
    onRequest: (line) => {
      requests.push(line);
      if (requests.length > MAX_LOGGED_REQUESTS) requests.shift();
    },
  });
  // The adapter would replace the global Request and Response, which other extensions share with us.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    connections: tenants.map((tenant) => connectionTo(tenant, origin)),
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
