import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { isAppError, toAppError } from '../../core/errors.ts';
import type { SignInPrompts } from '../signIn.ts';
import type { Network } from './network.ts';
import type { Sleep } from './sleep.ts';
import { whenAborted } from './whenAborted.ts';

/**
 * Signs in on another device, or in a browser anywhere, by a code.
 * @throws what MSAL throws; AppError `cancelled` as soon as the person or `ended` says so
 */
export async function signInByCode(
  app: PublicClientApplication,
  asked: { readonly scopes: string[]; readonly claims?: string },
  prompts: SignInPrompts,
  ended: AbortSignal,
): Promise<AuthenticationResult | null> {
  const dismissed = new AbortController();
  const shown = new AbortController();
  const end = AbortSignal.any([ended, dismissed.signal]);
  const request = {
    ...asked,
    cancel: false,
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }: DeviceCode) => {
      const code = { userCode, url: verificationUri, expiresAt: new Date(Date.now() + expiresIn * 1000) };
      prompts.showCode(code, shown.signal).catch((error: unknown) => dismissed.abort(toAppError(error)));
    },
  };
  const stop = () => {
    request.cancel = true;
  };
  end.addEventListener('abort', stop, { once: true });
  const result = app.acquireTokenByDeviceCode(request);
  result.catch(() => undefined);
  try {
    return await Promise.race([result, whenAborted(end)]);
  } finally {
    shown.abort();
  }
}

interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresIn: number;
}

/**
 * While the code waits to be entered, a network that comes and goes does no harm; and who is asked to slow down asks
 * five seconds later from then on (RFC 8628): MSAL gives up at both.
 */
export function patient(network: Network, sleep: Sleep, signal: AbortSignal): Network {
  let extra = 0;
  let isWaiting = false;
  const { sendPostRequestAsync } = network.module;
  return {
    ...network,
    module: {
      ...network.module,
      sendPostRequestAsync: async <T>(...[url, options]: Parameters<typeof sendPostRequestAsync>) => {
        if (extra > 0) await sleep(extra, signal);
        try {
          const reply = await sendPostRequestAsync<T & { error?: string }>(url, options);
          // MSAL takes whatever comes for a code.
          if (!isWaiting && reply.body.error !== undefined) throw new Error('No code was given.');
          isWaiting = true;
          if (reply.body.error !== 'slow_down') return reply;
          extra += 5_000;
          return pending<T>();
        } catch (error) {
          const passes = ['offline', 'timeout', 'unavailable', 'throttled'] as const;
          if (isWaiting && !signal.aborted && passes.some((kind) => isAppError(error, kind))) return pending<T>();
          throw error;
        }
      },
    },
  };
}

function pending<T>() {
  return { status: 400, headers: {}, body: { error: 'authorization_pending' } as T };
}
