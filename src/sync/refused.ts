import type { AppError } from '../core/errors.ts';
import type { PageRequest } from '../core/provider.ts';

/** Which services take several requests in one, as far as it is known: tried once while the window lives. */
export interface Refused {
  /** What is sent for a request. */
  chosen(tenantId: string, request: PageRequest): PageRequest;
  /** Whether a request that failed was refused because it holds several: then these are asked for one by one. */
  isRefused(tenantId: string, sent: PageRequest, error: AppError): boolean;
}

export function createRefused(): Refused {
  const refused = new Set<string>();
  const keyOf = (tenantId: string, { url }: PageRequest) => `${tenantId} ${url}`;
  return {
    chosen: (tenantId, request) => {
      const { inOne, ...alone } = request;
      return inOne && !refused.has(keyOf(tenantId, inOne)) ? inOne : alone;
    },
    isRefused: (tenantId, sent, { status }) => {
      if (!sent.parts || status === undefined || !isRefusal(status)) return false;
      refused.add(keyOf(tenantId, sent));
      return true;
    },
  };
}

/** Statuses that tell nothing of what was asked for: what is in the batch has statuses of its own. */
function isRefusal(status: number): boolean {
  if (status === 501) return true;
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
