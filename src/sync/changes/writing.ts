import { withRenewal } from '../../core/auth/renewal.ts';
import { AppError, cancelled, type ErrorKind, isAppError, toAppError } from '../../core/errors.ts';
import { errorOfReply, type HttpReply } from '../../core/http/http.ts';
import { networkCodeOf } from '../../core/http/networkCode.ts';
import { longestWait, wait } from '../../core/http/retry.ts';
import type { ServiceProvider } from '../../core/provider/provider.ts';
import type { WriteCall, WriteReply } from '../../core/provider/writes.ts';
import type { SyncDeps } from '../deps.ts';
import type { Gate } from '../gate.ts';
import { checkCurrent } from '../read.ts';

/** What the requests of one change are sent by, and what is known of them afterwards. */
export interface Sending {
  send(call: WriteCall): Promise<WriteReply>;
  /** Requests that changed something, as the service said. */
  done(): number;
  /** Whether a request that may have changed something came to no certain end. */
  isUncertain(): boolean;
  requestId(): string | undefined;
}

export interface SendingOptions {
  readonly provider: Pick<ServiceProvider, 'refineKind' | 'errorMessage' | 'id'>;
  readonly tenantId: string;
  readonly gate: Gate;
  /** Ends what is under way: the window closes. */
  readonly signal: AbortSignal;
  /** Ends waiting before a request is sent: the user cancelled. */
  readonly isCancelled: () => boolean;
  isCurrent(): boolean;
  /** See `ServiceWrites.refusal`. */
  refusal?(body: unknown): string | undefined;
}

/** So often a request that the service asked to wait for is sent again. */
const mostWaits = 3;

/** The only place that sends what changes something. */
export function createSending(deps: SyncDeps, options: SendingOptions): Sending {
  const { provider, tenantId, gate, signal, isCurrent } = options;
  let done = 0;
  let isUncertain = false;
  let requestId: string | undefined;

  async function attempt(call: WriteCall): Promise<WriteReply> {
    const isChange = call.method !== 'GET' && !call.isLookup;
    return withRenewal(
      async (rejected) => {
        const token = await deps.tokens.get(tenantId, rejected);
        checkCurrent(isCurrent);
        return token;
      },
      async (token) => {
        let reply: HttpReply;
        try {
          reply = await deps.send(requestOf(call, token), signal);
        } catch (error) {
          if (isChange && !isUnsent(error)) isUncertain = true;
          throw error;
        }
        requestId = requestIdOf(reply) ?? requestId;
        const error = errorOfReply(reply, provider, new Date()) ?? pageInstead(reply);
        if (!error) {
          const { status } = reply;
          const body = jsonOf(reply);
          const refused = options.refusal?.(body);
          if (refused !== undefined) throw new AppError('invalid', refused, { status, cause: body });
          if (isChange) done += 1;
          return { status, body };
        }
        if (isChange && !isRefusal(error)) isUncertain = true;
        const { kind, message, status, retryAt, claims } = error;
        throw new AppError(kind, message, {
          cause: jsonOf(reply),
          ...(status === undefined ? {} : { status }),
          ...(retryAt ? { retryAt } : {}),
          ...(claims === undefined ? {} : { claims }),
        });
      },
    );
  }

  async function send(call: WriteCall): Promise<WriteReply> {
    const { budget } = call;
    // Half of a change is not left as it is for being cancelled.
    const isGivenUp = () => options.isCancelled() && done === 0;
    for (let waits = 0; ; waits++) {
      try {
        const inTurn = async () => {
          // It waited for its turn while the plan was stopped.
          if (isGivenUp()) throw cancelled();
          return attempt(call);
        };
        return await gate.run(inTurn, { signal, isUrgent: () => true, ...(budget ? { budget } : {}) });
      } catch (error) {
        const isLookup = call.method === 'GET' || call.isLookup === true;
        // What changes nothing is asked once more when the connection was lost.
        if (isLookup && waits === 0 && isAppError(error, 'offline') && !signal.aborted) continue;
        if (!isAppError(error, 'throttled') || waits >= mostWaits || isGivenUp()) throw error;
        const milliseconds = error.retryAt ? Math.max(0, error.retryAt.getTime() - Date.now()) : 1000 * 2 ** waits;
        if (milliseconds > longestWait) throw error;
        deps.log.warn(`${provider.id}: throttled; going on in ${Math.ceil(milliseconds / 1000)} s.`);
        const waited = (deps.pause ?? wait)(milliseconds, signal, error);
        gate.hold(waited);
        await waited;
        if (isGivenUp()) throw error;
      }
    }
  }

  return { send, done: () => done, isUncertain: () => isUncertain, requestId: () => requestId };
}

function requestOf({ method, url, body, headers, isAdmin }: WriteCall, token: string) {
  return {
    method,
    url,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      authorization: `Bearer ${token}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(isAdmin ? { isAdmin } : {}),
  };
}

/** A proxy or a sign-in page answers in the service's name. */
function pageInstead({ bytes }: HttpReply): AppError | undefined {
  const isPage = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart().startsWith('<');
  return isPage ? new AppError('badResponse', 'The service answered with a web page.') : undefined;
}

const refusals: readonly ErrorKind[] = ['notSignedIn', 'forbidden', 'notFound', 'throttled', 'conflict', 'invalid'];

/** The service looked at the request and did nothing. */
export function isRefusalKind(kind: ErrorKind): boolean {
  return refusals.includes(kind);
}

function isRefusal({ kind, status = 0 }: AppError): boolean {
  return isRefusalKind(kind) && status >= 400 && status < 500 && status !== 408;
}

const unsent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$|CERT|SELF_SIGNED|UNABLE_TO_/;

/** There was no connection that the request could have gone through. */
function isUnsent(thrown: unknown): boolean {
  const error = toAppError(thrown);
  return error.kind === 'offline' && unsent.test(networkCodeOf(error.cause));
}

/** By which the service's support finds the request. */
function requestIdOf(reply: HttpReply): string | undefined {
  const names = ['requestid', 'request-id', 'x-ms-request-id', 'x-request-id', 'x-correlation-id'];
  for (const name of names) {
    const id = reply.header(name);
    if (id !== undefined && /^[\w.:|-]{1,100}$/.test(id)) return id;
  }
  return undefined;
}

const largestBody = 4 * 1024 * 1024;

function jsonOf({ bytes }: HttpReply): unknown {
  if (bytes.byteLength === 0 || bytes.byteLength > largestBody) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
