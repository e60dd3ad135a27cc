import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { clientProblem } from './clientProof.ts';
import { type EntraAccount, isIn } from './directory.ts';
import type { Entra } from './entra.ts';
import { type Grant, isFor } from './grant.ts';
import { jsonReply, refusal } from './replies.ts';
import { clientInfo, idTokenText } from './tokenText.ts';

type Fields = Readonly<Record<string, string>>;

/** The token endpoint: each way of getting one. */
export function tokenRoutes(app: Hono, entra: Entra): void {
  app.post('/:directory/oauth2/v2.0/token', async (c) => {
    const fields = (await c.req.parseBody()) as Record<string, string>;
    const directory = c.req.param('directory');
    switch (fields.grant_type) {
      case 'authorization_code':
        return byCode(entra, fields);
      case 'refresh_token':
        return byRefreshToken(entra, directory, fields);
      case 'device_code':
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return byDeviceCode(entra, fields);
      case 'client_credentials':
        return byClient(entra, directory, fields, new URL(c.req.url).pathname);
      default:
        return refusal('unsupported_grant_type', 70003, 'The grant type is not supported.');
    }
  });
}

function byCode(entra: Entra, { code = '', client_id, redirect_uri, code_verifier = '' }: Fields): Response {
  const grant = entra.codes.get(code);
  // A code is good for one try.
  entra.codes.delete(code);
  if (!grant || grant.app.clientId !== client_id || grant.redirectUri !== redirect_uri) {
    return refusal('invalid_grant', 70008, 'The provided authorization code has expired or was already redeemed.');
  }
  if (createHash('sha256').update(code_verifier).digest('base64url') !== grant.challenge) {
    return refusal('invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge.');
  }
  return tokens(entra, grant, grant.account);
}

function byRefreshToken(
  entra: Entra,
  directoryName: string,
  { refresh_token = '', client_id, scope = '', claims = '' }: Fields,
): Response {
  const held = entra.refreshTokens.get(refresh_token);
  if (!held?.account || held.app.clientId !== client_id) {
    const words = 'The provided grant has expired due to it being revoked, a fresh auth token is needed.';
    return refusal('invalid_grant', 50173, words, { suberror: 'bad_token' });
  }
  const directory = entra.directory(directoryName, held.account);
  if (!directory || !isIn(held.account, directory.id)) {
    return refusal(
      'invalid_grant',
      50020,
      'User account does not exist in the tenant and cannot access the app in it.',
    );
  }
  const problem = consentProblem(held, scope);
  if (problem) return problem;
  const demand = entra.demands.get(directory.id);
  const asked = demanded(claims);
  if (asked !== '' && demand && !demand.isSilentlyMet) {
    const words = 'Due to a configuration change made by your administrator, you must use multi-factor authentication.';
    return refusal('interaction_required', 50076, words, { suberror: 'basic_action', claims: demand.claims });
  }
  return tokens(entra, { ...held, directory, scope, claims: asked }, held.account);
}

function byDeviceCode(entra: Entra, { device_code = '', client_id }: Fields): Response {
  const device = entra.devices.get(device_code);
  if (!device || device.app.clientId !== client_id) {
    return refusal('bad_verification_code', 70018, 'The device code is not recognized.');
  }
  if (device.expiresAt <= Date.now()) return refusal('expired_token', 70020, 'The device code has expired.');
  const { state } = device;
  if (state === 'pending') return refusal('authorization_pending', 70016, 'The user has not signed in yet.');
  if (state === 'slowDown') {
    device.state = 'pending';
    return refusal('slow_down', 70016, 'Ask less often.');
  }
  entra.devices.delete(device_code);
  if (state === 'declined') return refusal('authorization_declined', 70018, 'The user declined the sign-in.');
  const directory = entra.directory(device.directory, state);
  if (!directory) return refusal('invalid_request', 90002, 'The tenant was not found.');
  return tokens(entra, { app: device.app, account: state, directory, scope: device.scope, claims: '' }, state);
}

function byClient(entra: Entra, directoryName: string, fields: Fields, path: string): Response {
  const directory = entra.directory(directoryName);
  if (!directory) return refusal('invalid_request', 90002, `Tenant '${directoryName}' not found.`);
  const app = entra.app(fields.client_id);
  if (!app) return refusal('unauthorized_client', 700016, 'The application was not found in the directory.');
  const problem = clientProblem(app, fields, path);
  if (problem) return problem;
  const { scope = '', claims = '' } = fields;
  if (!/\/\.default( |$)/.test(scope)) return refusal('invalid_scope', 1002012, 'The scope must end in /.default.');
  const { token, lifetime } = entra.issueAccessToken({ app, directory, scope, claims: demanded(claims) });
  return jsonReply({ token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token });
}

function consentProblem(grant: Pick<Grant, 'app'>, scope: string): Response | undefined {
  if (!(grant.app.unconsented ?? []).some((resource) => isFor({ scope }, resource))) return undefined;
  const words = `The user or administrator has not consented to use the application with ID '${grant.app.clientId}'. Send an interactive authorization request for this user and resource.`;
  return refusal('invalid_grant', 65001, words, { suberror: 'consent_required' });
}

function tokens(entra: Entra, grant: Grant, account: EntraAccount | undefined): Response {
  if (!account) return refusal('invalid_grant', 50034, 'The user account does not exist.');
  const claims = demanded(grant.claims);
  const { token, lifetime } = entra.issueAccessToken({ ...grant, claims });
  return jsonReply({
    token_type: 'Bearer',
    scope: grant.scope,
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: token,
    refresh_token: entra.issueRefreshToken({ ...grant, claims }),
    id_token: idTokenText(grant, account),
    client_info: clientInfo(account),
  });
}

/** The claims of an access token that were demanded; clients add what they can do (`xms_cc`), and some for the id token. */
function demanded(claims: string): string {
  if (claims === '') return '';
  const { access_token = {} } = JSON.parse(claims) as { access_token?: Record<string, unknown> };
  const { xms_cc: _, ...rest } = access_token;
  return Object.keys(rest).length > 0 ? JSON.stringify({ access_token: rest }) : '';
}
