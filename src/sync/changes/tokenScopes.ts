/**
 * The scopes that a person's access token names, lower-case; nothing where it is opaque, or names none: what an
 * application may do is not told by scopes everywhere. Never a proof: the service decides.
 */
export function scopesIn(token: string): readonly string[] | undefined {
  const claims = claimsOf(token);
  const named = claims.scp ?? claims.scope;
  const scopes = Array.isArray(named) ? named.filter((one) => typeof one === 'string') : named;
  if (typeof scopes === 'string') return scopes.toLowerCase().split(/\s+/);
  return Array.isArray(scopes) && scopes.length > 0 ? scopes.map((one: string) => one.toLowerCase()) : undefined;
}

function claimsOf(token: string): { readonly scp?: unknown; readonly scope?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
