import type { AppError } from '../core/errors.ts';
import type { PageRequest } from '../core/provider/provider.ts';

/** Which services take several requests in one, as far as it is known. */
export interface Refused {
  /** What is sent for a request. */
  chosen(tenantId: string, request: PageRequest): PageRequest;
  /** Whether a request that failed was refused because it holds several: then these are asked for one by one. */
  isRefused(tenantId: string, sent: PageRequest, error: AppError): boolean;
}

/** Milliseconds for which a service that failed is asked one by one: it may have been the failure of a moment. */
const passes = 10 * 60 * 1000;

export function createRefused(now: () => number = Date.now): Refused {
  const refusedUntil = new Map<string, number>();
  const keyOf = (tenantId: string, { url }: PageRequest) => `${tenantId} ${url}`;
  return {
    chosen: (tenantId, request) => {
      const { inOne, ...alone } = request;
      return inOne && (refusedUntil.get(keyOf(tenantId, inOne)) ?? 0) <= now() ? inOne : alone;
    },
    isRefused: (tenantId, sent, error) => {
      if (!isRefusal(sent, error)) return false;
      refusedUntil.set(keyOf(tenantId, sent), mayPass(error) ? now() + passes : Number.POSITIVE_INFINITY);
      return true;
    },
  };
}

/** Whether an error tells nothing of what was asked for: what is in the batch has errors of its own. */
function isRefusal({ parts }: PageRequest, { kind, status }: AppError): boolean {
  if (!parts) return false;
  // A gateway may answer with a page of its own.
  return kind === 'badResponse' || (status !== undefined && status !== 401 && status !== 429);
}

function mayPass({ kind, status }: AppError): boolean {
  return kind === 'badResponse' || (kind === 'unavailable' && status !== 501);
}

/**
 * Whether a batch that failed is not tried again, but its requests are: where a gateway never takes one, the tries of
 * all listings together would look like an outage.
 */
export function isTriedAlone(sent: PageRequest, error: AppError): boolean {
  return error.kind === 'unavailable' && error.retryAt === undefined && isRefusal(sent, error);
}
