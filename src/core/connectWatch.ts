import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

const channel = 'http.client.request.created';

/**
 * Hands the first HTTP request that Node creates before `unwatch` is called to `watch`, as a promise that it is
 * connected. A fetch has no time-out for connecting alone and hides its socket, but it creates its request in the same
 * turn in which it is called. Where it does not (undici), nothing is watched and the silence limit holds alone.
 */
export function diagnosticsSubscribeOnce(watch: (connected: Promise<void>) => void): () => void {
  const listener = (message: unknown) => {
    unsubscribe(channel, listener);
    const { request } = message as { request?: ClientRequest };
    if (request) watch(connectedOf(request));
  };
  subscribe(channel, listener);
  return () => unsubscribe(channel, listener);
}

function connectedOf(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    request.once('socket', (socket: Socket) => {
      if (socket.connecting) socket.once('connect', () => resolve());
      else resolve();
    });
    request.once('error', () => resolve());
    request.once('close', () => resolve());
  });
}
