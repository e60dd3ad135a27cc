import { createPrivateKey } from 'node:crypto';
import { cleanThumbprint } from '../../core/auth/checkAuth.ts';
import { AppError } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { SignIn, SignInTenant } from '../signIn.ts';
import type { TenantSecret } from '../tenantSecrets.ts';
import { microsoftService } from './clouds.ts';
import { type ClientProof, confidentialApp } from './msalApp.ts';
import { createNetwork } from './network.ts';
import { operation } from './operation.ts';
import { clientIdOf, type SessionDeps } from './sessions.ts';

/** An app that signs in as itself, by a secret or a certificate. Its tokens stay in memory: a new one needs nobody. */
export function createServicePrincipal(deps: SessionDeps): SignIn {
  return {
    token: (tenant, rejected) =>
      deps.inTurn(tenant.id, async () => {
        const secret = await deps.tenantSecrets.read(tenant.id, rejected !== undefined);
        const proof = proofIn(deps.t, secret);
        // Whatever of it changes, another token is due.
        const heldKey = JSON.stringify([tenant.connection, proof]);
        const held = deps.held.get(tenant.id, heldKey);
        if (held !== undefined && held !== rejected?.token) return held;
        const { accessToken, expiresOn } = await acquire(deps, tenant, proof, rejected?.claims);
        deps.held.set(tenant.id, heldKey, accessToken, expiresOn);
        return accessToken;
      }),
    signOut: async (tenant) => {
      deps.held.forget(tenant.id);
      await deps.tenantSecrets.remove(tenant.id);
    },
  };
}

function acquire(deps: SessionDeps, tenant: SignInTenant, proof: ClientProof, claims: string | undefined) {
  const { connection, provider } = tenant;
  const service = microsoftService(deps.t, connection, deps.provider(provider));
  const { directoryId } = connection;
  if (directoryId === undefined)
    throw new AppError('invalid', deps.t('A service principal needs the directory (directoryId).'));
  const network = createNetwork(deps, new AbortController().signal);
  const about = { attempt: 'app', permissions: service.permissions } as const;
  return operation(
    deps.t,
    async () => {
      const authority = `${service.authority}/${directoryId}`;
      const app = await confidentialApp({ clientId: clientIdOf(deps.t, tenant), authority, network }, proof);
      return app.acquireTokenByClientCredential({
        scopes: [...service.scopes],
        ...(claims === undefined ? {} : { claims }),
      });
    },
    network,
    about,
  );
}

/** @throws AppError `notSignedIn` where there is none, `invalid` for one that cannot be used; never quotes it */
function proofIn(t: Translate, secret: TenantSecret | undefined): ClientProof {
  const { clientSecret, certificate } = secret ?? {};
  if (typeof clientSecret === 'string' && clientSecret !== '') return { clientSecret };
  const { thumbprintSha256, privateKey } = (certificate ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof thumbprintSha256 !== 'string' || typeof privateKey !== 'string') {
    throw new AppError('notSignedIn', t('There is neither a secret nor a certificate for this tenant.'));
  }
  const thumbprint = cleanThumbprint(thumbprintSha256);
  if (thumbprint === undefined) {
    throw new AppError('invalid', t('The SHA-256 thumbprint of the certificate must have 64 hexadecimal digits.'));
  }
  if (!isPrivateKey(privateKey)) {
    throw new AppError('invalid', t('The private key must be an RSA key in PEM form, without a password.'));
  }
  return { clientCertificate: { thumbprintSha256: thumbprint, privateKey } };
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
