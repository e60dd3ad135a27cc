import type { Send } from '../core/http/http.ts';
import type { PageRequest } from '../core/provider/provider.ts';

/** Sends a request; what came for it already is taken, once, for the reply. */
export function sendUnlessAnswered(send: Send, { answered }: PageRequest): Send {
  let given = answered;
  return async (request, signal) => {
    if (!given) return send(request, signal);
    const { status, headers, body } = given;
    given = undefined;
    return { status, header: (name) => headers[name.toLowerCase()], bytes: new TextEncoder().encode(body) };
  };
}
