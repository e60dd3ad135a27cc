import { randomUUID } from 'node:crypto';

/** A JSON reply with the headers that Microsoft Graph always sends. */
export function jsonReply(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': type, 'request-id': randomUUID(), ...headers },
  });
}

/** An error in Graph's envelope. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const id = randomUUID();
  const innerError = { date: new Date().toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id };
  return jsonReply({ error: { code, message, innerError } }, status, headers);
}
