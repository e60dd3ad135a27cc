import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** Watches for the connection of one request. */
export interface ConnectWatch {
  /** To be said in the turn in which the request was handed over: what Node creates later is not it. */
  handedOver(): void;
  dispose(): void;
}

const created = 'http.client.request.created';
const fetched = 'undici:request:create';
const sent = 'undici:client:sendHeaders';

/** A request of the platform's fetch, as its channels tell it. */
interface FetchRequest {
  readonly origin: string | URL;
  readonly path: string;
}

/** Requests of a fetch that are watched already: others may ask for the same address. */
const taken = new WeakSet<FetchRequest>();

/**
 * Calls `watch` when the request begins, with a promise that it is connected. A fetch has no time-out of ours for
 * connecting alone and hides its socket; but node-fetch creates its request in the turn in which it is called, and the
 * platform's tells what it does on channels. Where neither is heard, the silence limit holds alone.
 */
export function watchConnecting(url: string, watch: (connected: Promise<void>) => void): ConnectWatch {
  const address = URL.parse(url);
  let sentTo: ((message: unknown) => void) | undefined;

  const onCreated = (message: unknown) => {
    unsubscribe(created, onCreated);
    const { request } = message as { request?: ClientRequest };
    if (request) watch(connectedOf(request));
  };
  const onFetched = (message: unknown) => {
    const { request } = message as { request?: FetchRequest };
    if (!request || taken.has(request)) return;
    if (!address || String(request.origin) !== address.origin) return;
    if (request.path !== address.pathname + address.search) return;
    taken.add(request);
    unsubscribe(fetched, onFetched);
    watch(
      new Promise((resolve) => {
        sentTo = (told) => {
          if ((told as { request?: FetchRequest }).request === request) resolve();
        };
        subscribe(sent, sentTo);
      }),
    );
  };
  subscribe(created, onCreated);
  subscribe(fetched, onFetched);
  return {
    handedOver: () => void unsubscribe(created, onCreated),
    dispose: () => {
      unsubscribe(created, onCreated);
      unsubscribe(fetched, onFetched);
      if (sentTo) unsubscribe(sent, sentTo);
    },
  };
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
