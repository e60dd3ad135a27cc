import nodeFetch from 'node-fetch';
import { createSend, type Transport } from '../../../src/core/http/http.ts';
import { inFlight } from '../support/inFlight.ts';
import { interleaved, timed } from '../support/rounds.ts';

export interface SendAsks {
  readonly urls: readonly string[];
  readonly token: string;
  readonly inFlight: number;
  readonly rounds: number;
}

export interface SendTells {
  readonly nodeFetch: number;
  readonly platformFetch: number;
}

export type TransportName = keyof SendTells;

const timeouts = { connect: 10_000, idle: 30_000, admin: 60_000 };
const transports: Readonly<Record<TransportName, Transport>> = {
  nodeFetch,
  platformFetch: (url, init) => fetch(url, init),
};

/** The same requests by both transports in turns. @returns milliseconds */
export function sendThroughBoth(asks: SendAsks): Promise<SendTells> {
  return interleaved(asks.rounds, {
    nodeFetch: () => timed(() => sendThrough('nodeFetch', asks)),
    platformFetch: () => timed(() => sendThrough('platformFetch', asks)),
  });
}

/** Sends requests as the extension sends its own. */
export async function sendThrough(transport: TransportName, { urls, token, inFlight: most }: SendAsks): Promise<void> {
  const send = createSend(
    async () => transports[transport],
    () => timeouts,
  );
  const headers = { authorization: `Bearer ${token}` };
  await inFlight(most, urls, async (url) => {
    const { status } = await send({ url, headers }, new AbortController().signal);
    if (status !== 200) throw new Error(`${url} was answered with ${status}.`);
  });
}
