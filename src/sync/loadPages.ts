import { isAppError } from '../core/errors.ts';
import { wait, withRetry } from '../core/http/retry.ts';
import type { StoredConnection } from '../core/model.ts';
import type { PageRequest, ServiceProvider } from '../core/provider/provider.ts';
import type { LoadId, PageOutcome } from '../core/store.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';
import { read } from './read.ts';
import { isTriedAlone, type Refused } from './refused.ts';
import { sendUnlessAnswered } from './sendUnlessAnswered.ts';

/** What pages of a provider of our own are read for. */
export interface Reading {
  readonly provider: ServiceProvider;
  readonly tenantId: string;
  readonly connection: StoredConnection;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  /** Whether a person waits for it now. */
  isUrgent(): boolean;
  /** Whether the tenant is still connected as it was when the load began. */
  isCurrent(): boolean;
}

/** A listing of a provider of our own that is being read. */
export interface PageLoad extends Reading {
  readonly load: LoadId;
  readonly refused: Refused;
  onPage(outcome: PageOutcome): void;
}

/** Reads a listing page after page into the store. @throws AppError what ended it early; the pages before are kept */
export async function loadPages(deps: SyncDeps, listing: PageLoad, first: PageRequest): Promise<PageOutcome> {
  let outcome: PageOutcome = { received: 0, unresolved: 0 };
  let request: PageRequest | undefined = first;
  while (request) {
    const { load, provider, tenantId, refused } = listing;
    const current: PageRequest = refused.chosen(tenantId, request);
    try {
      outcome = await readPage(deps, listing, current, (bytes) => deps.writer.page(load, provider.id, current, bytes));
      request = outcome.next;
      listing.onPage(outcome);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (refused.isRefused(tenantId, current, error)) continue;
      const after = provider.requests.afterError?.(current, error);
      if (!after) throw error;
      request = 'next' in after ? after.next : undefined;
    }
  }
  return outcome;
}

/** Reading and decoding are tried again together: a reply that was cut off shows only when it is decoded. */
export function readPage<T>(
  deps: SyncDeps,
  reading: Reading,
  request: PageRequest,
  decode: (bytes: Uint8Array) => Promise<T>,
): Promise<T> {
  const { provider, tenantId, connection, gate, signal, isUrgent, isCurrent } = reading;
  const budget = provider.requests.budget?.(request, connection, tenantId);
  const sending = { ...deps, send: sendUnlessAnswered(deps.send, request) };
  const attempt = () => read(sending, provider, tenantId, request, signal, isCurrent);
  return withRetry(
    async () => {
      // Its turn ends with the reply: others go on while this one is written, or waits to try again.
      const reply = await gate.run(attempt, { signal, isUrgent, ...(budget ? { budget } : {}) });
      signal.throwIfAborted();
      return decode(reply.bytes);
    },
    signal,
    (error, wait) => deps.log.warn(`${provider.id}: ${error.kind}; asking again in ${Math.ceil(wait / 1000)} s.`),
    (milliseconds, pauseSignal, failure) => {
      const waited = (deps.pause ?? wait)(milliseconds, pauseSignal, failure);
      if (failure.kind === 'throttled') gate.hold(waited);
      return waited;
    },
    (error) => isTriedAlone(request, error),
  );
}
