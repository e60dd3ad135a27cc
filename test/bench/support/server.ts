import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SandboxConnection } from '../../../src/sandbox/connections.ts';
import type { GeneratedTenantOptions } from '../../../src/sandbox/generatedTenant.ts';

export interface ServerOptions {
  readonly tenants: readonly GeneratedTenantOptions[];
  /** Milliseconds that every reply takes longer. */
  readonly latency?: number;
  /** Serves over TLS, with this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export type ServerAsked = 'takeRequests';

export interface ServerStarted {
  readonly origin: string;
  readonly connections: readonly SandboxConnection[];
}

/** What the server saw since it was last asked. */
export interface ServerTold {
  /** As `GET /path?query`. */
  readonly requests: readonly string[];
  /** Connections that clients opened. */
  readonly connections: number;
  /** When the last reply was sent, in milliseconds since 1970. */
  readonly lastReplyAt: number;
}

export interface Server extends ServerStarted {
  /** What was seen since the last call. */
  take(): Promise<ServerTold>;
  stop(): Promise<void>;
}

/** Starts a sandbox of generated tenants in another process. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'serverChild.ts'), { serialization: 'advanced' });
  const ask = async (message: ServerOptions | ServerAsked): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(message);
    const ended = once(child, 'exit').then(() => {
      throw new Error('The server of the benchmark ended.');
    });
    const [told] = await Promise.race([answer, ended]);
    return told;
  };
  const started = (await ask(options)) as ServerStarted;
  return {
    ...started,
    take: async () => (await ask('takeRequests')) as ServerTold,
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** The connection to the only tenant of a server. */
export function onlyConnection({ connections }: ServerStarted): SandboxConnection {
  const [connection, other] = connections;
  if (connection === undefined || other !== undefined) throw new Error('The server serves not one tenant.');
  return connection;
}
