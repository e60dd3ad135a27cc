import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from './folders.ts';

/** What an app may prove itself by; all in PEM. */
export interface AppCertificate {
  readonly pem: string;
  readonly privateKey: string;
  /** SHA-256, with colons. */
  readonly thumbprint: string;
}

/** Makes one for this run only. @throws when there is no openssl */
export function makeAppCertificate(): AppCertificate {
  const folder = makeTemporaryFolder();
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=tenant-explorer', '-days', '1'];
  execFileSync('openssl', ['req', ...options, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const pem = readFileSync(certificate, 'utf8');
  const privateKey = readFileSync(key, 'utf8');
  removeFolder(folder);
  return { pem, privateKey, thumbprint: new X509Certificate(pem).fingerprint256 };
}
