/** A JSON reply of the Identity service. */
export function jsonReply(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

/** A refusal without a body. */
export function emptyReply(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'content-length': '0', ...headers } });
}

/** The reply to a parameter that cannot be used. */
export function invalidValue(parameter: string, value: string | undefined): Response {
  return jsonReply({ errors: { [parameter]: [`The value '${value ?? ''}' is not valid.`] } }, 400);
}
