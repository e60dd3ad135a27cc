import { X509Certificate } from 'node:crypto';
import { cleanPrivateKey, cleanThumbprint, type KeyProblem, privateKeyProblem } from '../../core/auth/checkAuth.ts';

export interface Pem {
  readonly problem?: KeyProblem;
  readonly privateKey?: string;
  /** Of the certificate that stands beside the key, if one does. */
  readonly thumbprintSha256?: string;
}

/** A private key in PEM, and its certificate where the text has it; line breaks may have got lost on the way. */
export function readPem(text: string): Pem {
  const problem = privateKeyProblem(text);
  const privateKey = cleanPrivateKey(text);
  if (problem || privateKey === undefined) return { problem: problem ?? 'notPem' };
  const thumbprintSha256 = thumbprintIn(text);
  return { privateKey, ...(thumbprintSha256 === undefined ? {} : { thumbprintSha256 }) };
}

function thumbprintIn(text: string): string | undefined {
  const body = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/.exec(text)?.[1];
  if (body === undefined) return undefined;
  try {
    return cleanThumbprint(new X509Certificate(Buffer.from(body, 'base64')).fingerprint256);
  } catch {
    return undefined;
  }
}
