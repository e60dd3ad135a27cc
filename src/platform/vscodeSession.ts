import type { AuthenticationGetSessionOptions, AuthenticationWwwAuthenticateRequest } from 'vscode';
import type { VsCodeSessionRequest } from '../core/auth/vscodeAccounts.ts';

/** What VS Code is to be asked for: scopes, or what a service's challenge wants. */
export function wantedOf({
  scopes,
  claims,
}: VsCodeSessionRequest): readonly string[] | AuthenticationWwwAuthenticateRequest {
  return claims === undefined ? scopes : { wwwAuthenticate: challengeOf(claims), fallbackScopes: scopes };
}

/** How VS Code is to be asked. */
export function optionsOf({ account, ask }: VsCodeSessionRequest): AuthenticationGetSessionOptions {
  const whose = account ? { account } : {};
  if (ask === 'never') return { ...whose, silent: true };
  if (ask === 'always') return { ...whose, forceNewSession: true };
  // The account that the person once preferred for another tenant must not be taken without a word.
  return { ...whose, createIfNone: true, ...(account ? {} : { clearSessionPreference: true }) };
}

/** As a service sends it. */
function challengeOf(claims: string): string {
  return `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}
