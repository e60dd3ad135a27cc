/** What a token says of itself, unverified: for display, and to complete a connection. Nothing for an opaque token. */
export async function claimsOf(token: string): Promise<Readonly<Record<string, unknown>>> {
  const { decodeJwt } = await import('jose');
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

/** The first of these claims that is a text. */
export function textClaim(claims: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = claims[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

/** Whose token it is, as a person knows the account. */
export function accountIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  return textClaim(claims, 'preferred_username', 'upn', 'unique_name', 'email', 'name', 'app_displayname');
}
