import { randomUUID } from 'node:crypto';
import { challengeHeader } from '../challenge.ts';

/** A JSON reply with the headers that Power BI always sends. */
export function jsonReply(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', RequestId: randomUUID(), ...headers },
  });
}

/** A refusal without a body: what is wrong, if Power BI says it at all, is in one header. */
export function emptyReply(status: number, errorInfo?: string): Response {
  return new Response(null, {
    status,
    headers: {
      'content-length': '0',
      RequestId: randomUUID(),
      ...(errorInfo === undefined ? {} : { 'x-powerbi-error-info': errorInfo }),
    },
  });
}

/** Conditional access: the token is good, but was not asked for with these claims. */
export function challenge(claims: string): Response {
  return new Response(null, { status: 401, headers: { 'content-length': '0', ...challengeHeader(claims) } });
}

/** An error in the envelope that Power BI uses for what its own code refuses. */
export function errorReply(status: number, code: string): Response {
  const details = { code, parameters: {}, details: [], exceptionCulprit: 1 };
  return jsonReply({ error: { code, 'pbi.error': details } }, status);
}

/** The reply to a parameter that cannot be used. */
export function invalidRequest(message: string): Response {
  return jsonReply({ error: { code: 'InvalidRequest', message } }, 400);
}
