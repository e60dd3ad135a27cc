import type { SignInMethod } from '../../core/model.ts';
import { isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import type { Translate } from '../../core/text/translate.ts';

/** A way of signing in, and what it needs, in plain words. */
export function methodWords(
  t: Translate,
  method: SignInMethod,
  provider: Provider,
): { readonly label: string; readonly detail: string; readonly icon: string } {
  const isUiPath = isServiceProvider(provider) && provider.identity === 'uipath';
  switch (method) {
    case 'microsoft':
      return {
        label: t('Microsoft account of VS Code'),
        detail: t('Needs nothing to be set up.'),
        icon: 'account',
      };
    case 'interactive':
      return {
        label: t('Browser, with your own app registration'),
        detail: t('Needs the id of a public client with the redirect URI http://localhost.'),
        icon: 'globe',
      };
    case 'deviceCode':
      return {
        label: t('Device code, with your own app registration'),
        detail: t('For remote windows. Needs the id of a public client that allows public client flows.'),
        icon: 'device-mobile',
      };
    case 'oauth':
      return {
        label: t('Browser, with an external application'),
        detail: t('Needs the id of a non-confidential application with user scopes and a redirect URL to localhost.'),
        icon: 'globe',
      };
    case 'clientCredentials':
      return isUiPath
        ? {
            label: t('Confidential external application'),
            detail: t('Needs its id and secret, with application scopes. Nobody signs in.'),
            icon: 'server-process',
          }
        : {
            label: t('Service principal'),
            detail: t('Needs the id of an app registration, and its secret or certificate. Nobody signs in.'),
            icon: 'server-process',
          };
    case 'accessToken':
      return isUiPath
        ? {
            label: t('Personal access token'),
            detail: t('Works for local users only, not for those of a directory. Ends when the token does.'),
            icon: 'key',
          }
        : {
            label: t('Access token'),
            detail: t('A token that you got elsewhere. Ends after about an hour, and cannot be renewed.'),
            icon: 'key',
          };
  }
}
