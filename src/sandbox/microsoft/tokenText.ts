import { randomBytes, randomUUID } from 'node:crypto';
import type { EntraAccount } from './directory.ts';
import type { Grant } from './grant.ts';

export function accessTokenText({ app, account, directory, scope }: Grant, lifetime: number): string {
  const now = Math.floor(Date.now() / 1000);
  const aud = scope.split(' ').find((one) => one.includes('://')) ?? 'https://graph.microsoft.com';
  return tokenText({
    aud,
    tid: directory.id,
    appid: app.clientId,
    iat: now,
    exp: now + lifetime,
    jti: randomUUID(),
    ...(account ? { upn: account.userName, oid: account.objectId } : {}),
  });
}

export function idTokenText({ app, directory }: Grant, account: EntraAccount): string {
  const now = Math.floor(Date.now() / 1000);
  return tokenText({
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
  });
}

/** Tokens look as Entra's do; no client may check the signature of one that is not its own. */
function tokenText(claims: Record<string, unknown>): string {
  const signature = randomBytes(32).toString('base64url');
  return `${base64Json({ typ: 'JWT', alg: 'RS256' })}.${base64Json(claims)}.${signature}`;
}

/** Who the account is wherever it goes: MSAL makes the home account id of it. */
export function clientInfo({ objectId, home }: EntraAccount): string {
  return base64Json({ uid: objectId, utid: home });
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
