import { AppError } from '../../core/errors.ts';
import type { SignIn, SignInTenant } from '../signIn.ts';
import type { UiPathDeps } from './deps.ts';
import { identityServerOf } from './identityServer.ts';
import { createOAuthClient } from './oauth.ts';
import { toRefusal } from './refusal.ts';
import { withScopes } from './scopes.ts';
import { type OAuthSession, toSession } from './session.ts';

/** A confidential application signs in by itself: client credentials. Its tokens stay in memory. */
export function createApplication({ send, secrets, provider, t, now = Date.now }: UiPathDeps): SignIn {
  const held = new Map<string, OAuthSession>();
  const requests = new Map<string, Promise<string>>();

  async function request(
    { id, provider: providerId, connection, changes }: SignInTenant,
    key: string,
  ): Promise<string> {
    const { clientSecret } = (await secrets.read(id, true)) ?? {};
    if (typeof clientSecret !== 'string') {
      throw new AppError('notSignedIn', t('The secret of the application is not kept here: enter it again.'));
    }
    const server = identityServerOf(connection, provider(providerId));
    const { clientId = '' } = connection;
    try {
      const client = createOAuthClient(send, server, clientId);
      const grant = await withScopes(changes, (scope) => client.ownToken(clientSecret, scope));
      held.set(key, toSession(grant, { server: server.root, clientId, generation: 0 }, now()));
      return grant.accessToken;
    } catch (error) {
      held.delete(key);
      throw toRefusal(t, error, [clientSecret]);
    }
  }

  return {
    token: async (tenant, rejected) => {
      const { id, connection, changes } = tenant;
      // A changed address or application must not get, nor be given, the token of the other one.
      const key = JSON.stringify([id, connection.endpoint, connection.cloud, connection.clientId, changes]);
      const session = held.get(key);
      if (session && now() < session.renewAt && session.accessToken !== rejected?.token) return session.accessToken;
      const running = requests.get(key) ?? request(tenant, key).finally(() => requests.delete(key));
      requests.set(key, running);
      return running;
    },
    signOut: async ({ id }) => {
      for (const key of held.keys()) if (JSON.parse(key)[0] === id) held.delete(key);
      await secrets.remove(id);
    },
  };
}
