import { randomBytes, randomUUID } from 'node:crypto';
import type { EntraAccount } from './directory.ts';
import type { Grant } from './grant.ts';

/** Tokens look as Entra's do; no client may check the signature of one that is not its own. */
function tokenOf(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
}

export function accessTokenText({ app, account, directory, scope }: Grant, lifetime: number): string {
  const now = Math.floor(Date.now() / 1000);
  const aud = scope.split(' ').find((one) => one.includes('://')) ?? 'https://graph.microsoft.com';
  return tokenOf({
    aud,
    tid: directory.id,
    appid: app.clientId,
    iat: now,
    exp: now + lifetime,
    jti: randomUUID(),
    ...(account ? { upn: account.userName, oid: account.objectId } : {}),
  });
}

export function idTokenText({ app, directory }: Grant, account: EntraAccount, nonce?: string): string {
  const now = Math.floor(Date.now() / 1000);
  return tokenOf({
    aud: app.clientId,
    iss: `https://login.microsoftonline.com/${directory.id}/v2.0`,
    iat: now,
    nbf: now,
    exp: now + 3600,
    name: account.name,
    preferred_username: account.userName,
    oid: account.objectId,
    sub: `${account.objectId}-${app.clientId}`,
    tid: directory.id,
    ver: '2.0',
    ...(nonce === undefined ? {} : { nonce }),
  });
}

/** Who the account is wherever it goes: MSAL makes the home account id of it. */
export function clientInfo({ objectId, home }: EntraAccount): string {
  return Buffer.from(JSON.stringify({ uid: objectId, utid: home })).toString('base64url');
}
