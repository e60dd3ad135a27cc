import { request } from 'node:http';
import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { AppError } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { SignInPrompts } from '../signIn.ts';
import { page } from './page.ts';
import { whenAborted } from './whenAborted.ts';

export interface InteractiveRequest {
  readonly scopes: string[];
  readonly claims?: string;
  readonly loginHint?: string;
}

/**
 * Signs in by the system's browser, which comes back to a listener of MSAL's on 127.0.0.1.
 * @param ended aborts when the sign-in is to end: MSAL has no way for that
 * @throws what MSAL throws; AppError `cancelled` when the browser was not opened
 */
export async function signInByBrowser(
  app: PublicClientApplication,
  asked: InteractiveRequest,
  prompts: SignInPrompts,
  t: Translate,
  ended: AbortSignal,
): Promise<AuthenticationResult> {
  const refused = new AbortController();
  const done = new AbortController();
  const end = AbortSignal.any([ended, refused.signal]);
  const title = t('Tenant Explorer');
  const result = app.acquireTokenInteractive({
    ...asked,
    // Never whoever happens to be signed in to the browser.
    prompt: 'select_account',
    successTemplate: page(title, t('You are signed in. You can close this page and go back to VS Code.')),
    errorTemplate: page(title, t('Signing in did not succeed. You can close this page; VS Code says more.')),
    openBrowser: async (url) => {
      const stop = () => void closeListener(url);
      end.addEventListener('abort', stop, { once: true, signal: done.signal });
      if (end.aborted) return closeListener(url);
      // Not waited for: while VS Code asks whether to open the page, the sign-in can still be cancelled.
      prompts.openBrowser(url).then(
        (isOpen) => isOpen || refused.abort(new AppError('cancelled', 'The browser was not opened.')),
        () => refused.abort(new AppError('unavailable', t('The browser could not be opened.'))),
      );
    },
  });
  result.catch(() => undefined);
  try {
    return await Promise.race([result, whenAborted(end)]);
  } finally {
    done.abort();
  }
}

/** Tells MSAL's listener, as the browser would, that access was denied: it closes then. */
function closeListener(authorizeUrl: string): Promise<void> {
  const asked = new URL(authorizeUrl).searchParams;
  const body = new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }).toString();
  const { port } = new URL(asked.get('redirect_uri') ?? '');
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const post = request({ host: '127.0.0.1', port, method: 'POST', path: '/', headers }, (reply) => {
      reply.resume();
      reply.once('close', () => resolve());
    });
    // It has closed already.
    post.once('error', () => resolve());
    post.end(body);
  });
}
