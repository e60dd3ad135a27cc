import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import type { EntraApp } from './directory.ts';
import { refusal } from './replies.ts';

const bearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Why an app has not shown that it is the one: by its secret, or by a token signed with its certificate's key. */
export function clientProblem(
  app: EntraApp,
  fields: Readonly<Record<string, string>>,
  path: string,
): Response | undefined {
  if (fields.client_secret !== undefined) {
    return app.secret !== undefined && fields.client_secret === app.secret
      ? undefined
      : refusal('invalid_client', 7000215, 'Invalid client secret provided.');
  }
  if (fields.client_assertion === undefined || fields.client_assertion_type !== bearer) {
    return refusal('invalid_client', 7000218, "The request must contain 'client_assertion' or 'client_secret'.");
  }
  return app.certificate !== undefined && isSignedBy(app, app.certificate, fields.client_assertion, path)
    ? undefined
    : refusal('invalid_client', 700027, 'Client assertion failed signature validation.');
}

function isSignedBy(app: EntraApp, certificate: string, assertion: string, path: string): boolean {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const { alg, 'x5t#S256': thumbprint } = read(head);
  const { aud, iss, sub, exp, nbf } = read(body);
  const now = Date.now() / 1000;
  const { publicKey, raw } = new X509Certificate(certificate);
  return (
    alg === 'PS256' &&
    thumbprint === createHash('sha256').update(raw).digest('base64url') &&
    iss === app.clientId &&
    sub === app.clientId &&
    typeof aud === 'string' &&
    new URL(aud).pathname === path &&
    Number(nbf) <= now + 300 &&
    Number(exp) > now &&
    verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
      Buffer.from(signature, 'base64url'),
    )
  );
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
