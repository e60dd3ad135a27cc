/** A sandbox in a process of its own, so that its work is not counted as ours. Started by `startServer`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createSandboxApp } from '../../../src/sandbox/app.ts';
import { connectionTo } from '../../../src/sandbox/connections.ts';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import type { ServerAsked, ServerOptions, ServerStarted, ServerTold } from './server.ts';

let requests: string[] = [];
let connections = 0;
let lastReplyAt = 0;

process.once('message', (options: ServerOptions) => void serve(options));
process.once('disconnect', () => process.exit());

async function serve({ tenants, latency = 0, tls }: ServerOptions): Promise<void> {
  const served = tenants.map(generateTenant);
  const app = createSandboxApp(served, { latency, onRequest: (line) => requests.push(line) });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on(tls === undefined ? 'connection' : 'secureConnection', () => {
    connections += 1;
  });
  server.on('request', (_, response) => {
    response.once('finish', () => {
      lastReplyAt = Date.now();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const scheme = tls === undefined ? 'http' : 'https';
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  send({ origin, connections: served.map((tenant) => connectionTo(tenant, origin)) });
  process.on('message', (asked: ServerAsked) => {
    send({ requests, connections, lastReplyAt });
    if (asked === 'takeRequests') [requests, connections] = [[], 0];
  });
}

function send(message: ServerStarted | ServerTold): void {
  process.send?.(message);
}
