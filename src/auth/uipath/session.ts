import * as z from 'zod/mini';
import type { TenantSecret } from '../tenantSecrets.ts';
import type { Grant } from './oauth.ts';

const schema = z.object({
  accessToken: z.string().check(z.minLength(1)),
  refreshToken: z.optional(z.string()),
  /** Milliseconds since 1970, by this computer's clock. */
  expiresAt: z.number(),
  /** From when on it is renewed. */
  renewAt: z.number(),
  issuer: z.string(),
  /** Whom the tokens are of: another address or application must never be sent them. */
  server: z.string(),
  clientId: z.string(),
  /** How many sessions the tenant had before this one; see `TenantRecord`. */
  generation: z.number(),
});

/** What a signed-in person's secret holds. */
export type OAuthSession = Readonly<z.infer<typeof schema>>;

/** Renewed so long before their end, or in the last quarter of a short life. */
const ahead = 5 * 60_000;

export function toSession(
  { accessToken, refreshToken, lifetime, issuer }: Grant,
  about: Pick<OAuthSession, 'server' | 'clientId' | 'generation'>,
  now: number,
): OAuthSession {
  const expiresAt = now + lifetime * 1000;
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    expiresAt,
    renewAt: expiresAt - Math.min(ahead, (lifetime * 1000) / 4),
    issuer,
    ...about,
  };
}

/** Our own secret, checked as if it were not. */
export function readSession(secret: TenantSecret | undefined): OAuthSession | undefined {
  return schema.safeParse(secret).data;
}
