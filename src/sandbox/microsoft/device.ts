import { randomInt, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { isIn } from './directory.ts';
import type { Entra } from './entra.ts';
import { button, form, htmlReply, jsonReply, refusal } from './replies.ts';

/** Signing in on another device: the code for the app, and the page where the person enters it. */
export function deviceRoutes(app: Hono, entra: Entra): void {
  app.post('/:directory/oauth2/v2.0/devicecode', async (c) => {
    const { client_id, scope = '' } = (await c.req.parseBody()) as Record<string, string>;
    const found = entra.app(client_id);
    if (!found) return refusal('unauthorized_client', 700016, 'The application was not found in the directory.');
    const lifetime = entra.deviceCode?.lifetime ?? 900;
    const deviceCode = `device.${randomUUID()}`;
    const userCode = String(randomInt(100_000_000, 999_999_999));
    const url = entra.deviceCode?.page ?? `${new URL(c.req.url).origin}/devicelogin`;
    entra.deviceCodes.set(userCode, deviceCode);
    entra.devices.set(deviceCode, {
      app: found,
      directory: c.req.param('directory'),
      scope,
      expiresAt: Date.now() + lifetime * 1000,
      state: 'pending',
    });
    return jsonReply({
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: url,
      expires_in: lifetime,
      interval: entra.deviceCode?.interval ?? 5,
      message: `To sign in, open ${url} and enter the code ${userCode}.`,
    });
  });
  app.get('/devicelogin', (c) => codePage(entra, c.req.query('code') ?? ''));
  app.post('/devicelogin', async (c) => {
    const { code = '', choice = '' } = (await c.req.parseBody()) as Record<string, string>;
    const device = entra.devices.get(entra.deviceCodes.get(code) ?? '');
    if (!device) return codePage(entra, code);
    device.state = entra.account(choice) ?? 'declined';
    return htmlReply(
      device.state === 'declined' ? 'Declined' : 'You have signed in',
      '<p>You can close this page.</p>',
    );
  });
}

function codePage(entra: Entra, code: string): Response {
  const device = entra.devices.get(entra.deviceCodes.get(code) ?? '');
  if (!device) {
    return htmlReply(
      'Enter code',
      '<form method="get"><input name="code" aria-label="Code"><button>Next</button></form>',
    );
  }
  const accounts = entra.accounts.filter((account) => {
    const directory = entra.directory(device.directory, account);
    return directory && isIn(account, directory.id);
  });
  const buttons = accounts.map(({ userName, name }) => button('choice', userName, `${name} (${userName})`));
  return htmlReply('Pick an account', form('', { code }, buttons.join('') + button('choice', ':cancel', 'Cancel')));
}
