import { AppError } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import type { SignInMethod } from '../model.ts';
import { isServiceProvider, type Provider } from '../provider/provider.ts';

/** What of a connection goes to SecretStorage, and nowhere else. */
export type ConnectionSecret =
  | { readonly accessToken: string }
  | { readonly clientSecret: string }
  | { readonly certificate: Certificate }
  | undefined;

export interface Certificate {
  /** Of the certificate, in hexadecimal. */
  readonly thumbprintSha256: string;
  /** In PEM, not encrypted. */
  readonly privateKey: string;
}

export interface CheckedAuth {
  readonly signIn: SignInMethod;
  readonly clientId?: string;
  readonly secret: ConnectionSecret;
}

/** The ways of signing in that work for a provider: one that another extension registers is given plain tokens only. */
export function signInMethods(provider: Provider): readonly SignInMethod[] {
  return isServiceProvider(provider) && provider.identity
    ? provider.signInMethods
    : provider.signInMethods.filter((method) => method === 'accessToken');
}

/** Whether an application may prove itself by a certificate. */
export function takesCertificates(provider: Provider): boolean {
  return isServiceProvider(provider) && provider.identity === 'microsoft';
}

/**
 * Reads the `auth` of a `TenantConnection`, which may be any value.
 * @throws AppError `invalid`; never quotes a secret
 */
export function checkAuth(auth: unknown, provider: Provider): CheckedAuth {
  const methods = signInMethods(provider);
  const fields = isRecord(auth) ? auth : {};
  const signIn = methods.find((method) => method === fields.method);
  if (!signIn) {
    throw invalid(
      methods.length > 0
        ? `The way to sign in (auth.method) must be one of: ${methods.join(', ')}.`
        : 'The provider has no way to sign in that is known here.',
    );
  }
  switch (signIn) {
    case 'accessToken':
      return { signIn, secret: { accessToken: readToken(fields.accessToken) } };
    case 'microsoft':
      return { signIn, secret: undefined };
    case 'clientCredentials':
      return { signIn, clientId: readClientId(fields.clientId), secret: readCredentials(fields, provider) };
    default:
      return { signIn, clientId: readClientId(fields.clientId), secret: undefined };
  }
}

export type TokenProblem = 'empty' | 'characters';

/** Only visible ASCII can stand in an HTTP header; anything else was copied along by mistake. */
export function tokenProblem(text: string): TokenProblem | undefined {
  const token = cleanToken(text);
  if (token === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(token) ? undefined : 'characters';
}

/** An access token as it is sent: people also copy the header's "Bearer ". */
export function cleanToken(text: string): string {
  return text.trim().replace(/^bearer(\s+|$)/i, '');
}

/** Applications have GUIDs, or names of the same few characters. */
export function clientIdProblem(text: string): TokenProblem | undefined {
  if (text.trim() === '') return 'empty';
  return /^[\w.-]{1,200}$/.test(text.trim()) ? undefined : 'characters';
}

export function clientSecretProblem(text: string): TokenProblem | undefined {
  if (text.trim() === '') return 'empty';
  return /^[\x20-\x7e]+$/.test(text.trim()) ? undefined : 'characters';
}

export type KeyProblem = 'notPem' | 'encrypted';

/** What is wrong with a private key in PEM; a certificate beside it is passed over. */
export function privateKeyProblem(pem: string): KeyProblem | undefined {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) return 'encrypted';
  return cleanPrivateKey(pem) === undefined ? 'notPem' : undefined;
}

/** A SHA-256 thumbprint in hexadecimal, as tools print it: with colons or spaces, in either case. */
export function cleanThumbprint(text: string): string | undefined {
  const hex = text.replace(/[\s:]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : undefined;
}

/** The private key in a text, in lines as PEM wants them: a paste may have made one line of them. */
export function cleanPrivateKey(pem: string): string | undefined {
  const found = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([\sA-Za-z0-9+/=]+)-----END \1-----/.exec(pem);
  const body = found?.[2]?.replace(/\s/g, '');
  if (!found || !body) return undefined;
  const lines = body.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${found[1]}-----`, ...lines, `-----END ${found[1]}-----`, ''].join('\n');
}

function readToken(accessToken: unknown): string {
  if (typeof accessToken !== 'string') throw invalid('The access token is missing.');
  const problem = tokenProblem(accessToken);
  if (problem === 'empty') throw invalid('The access token is empty.');
  if (problem) throw invalid('The access token contains spaces or characters that no token has.');
  return cleanToken(accessToken);
}

function readClientId(clientId: unknown): string {
  if (typeof clientId !== 'string' || clientIdProblem(clientId) === 'empty') {
    throw invalid('The id of the application (clientId) is missing.');
  }
  if (clientIdProblem(clientId)) throw invalid('The id of the application (clientId) has characters that no id has.');
  return clientId.trim();
}

function readCredentials(fields: Record<string, unknown>, provider: Provider): ConnectionSecret {
  const { clientSecret, certificate } = fields;
  const hasSecret = clientSecret !== undefined && clientSecret !== null;
  const hasCertificate = certificate !== undefined && certificate !== null;
  if (hasCertificate && !takesCertificates(provider)) {
    throw invalid(`${provider.label} takes a client secret (clientSecret), not a certificate.`);
  }
  if (hasSecret === hasCertificate) {
    throw invalid(
      takesCertificates(provider)
        ? 'Give either a client secret (clientSecret) or a certificate.'
        : 'The client secret (clientSecret) is missing.',
    );
  }
  if (hasCertificate) return { certificate: readCertificate(certificate) };
  const problem = typeof clientSecret === 'string' ? clientSecretProblem(clientSecret) : 'empty';
  if (problem || typeof clientSecret !== 'string') {
    throw invalid(
      problem === 'characters'
        ? 'The client secret contains characters that no secret has.'
        : 'The client secret is empty.',
    );
  }
  return { clientSecret: clientSecret.trim() };
}

function readCertificate(certificate: unknown): Certificate {
  const { thumbprintSha256, privateKey } = isRecord(certificate) ? certificate : {};
  const thumbprint = typeof thumbprintSha256 === 'string' ? cleanThumbprint(thumbprintSha256) : undefined;
  if (thumbprint === undefined) {
    throw invalid("The certificate's thumbprint (thumbprintSha256) must be 64 hexadecimal digits.");
  }
  const key = typeof privateKey === 'string' ? cleanPrivateKey(privateKey) : undefined;
  if (typeof privateKey !== 'string' || key === undefined || privateKeyProblem(privateKey)) {
    throw invalid("The certificate's private key (privateKey) must be in PEM, and not encrypted.");
  }
  return { thumbprintSha256: thumbprint, privateKey: key };
}

function invalid(message: string): AppError {
  return new AppError('invalid', message);
}
