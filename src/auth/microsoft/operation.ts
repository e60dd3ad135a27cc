import { AppError, cancelled, isAppError } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { Network } from './network.ts';
import { type Attempt, refused } from './refusal.ts';

/**
 * Runs a call of MSAL's and turns its failure into ours.
 * @throws AppError; never with MSAL's error as its cause, which may quote what was sent
 */
export async function operation<T>(
  t: Translate,
  call: () => Promise<T | null>,
  network: Network,
  about: { readonly attempt: Attempt; readonly permissions: string; readonly signal?: AbortSignal },
): Promise<T> {
  try {
    const result = await call();
    if (result !== null) return result;
    throw new AppError('badResponse', t('The sign-in service sent no token.'));
  } catch (error) {
    if (about.signal?.aborted) throw cancelled();
    if (isAppError(error)) throw error;
    const failure = network.failure();
    if (failure) throw failure;
    throw refused(t, network.refusal() ?? ownRefusal(error), about.attempt, about.permissions);
  }
}

/** What MSAL found by itself, or what the browser brought. */
function ownRefusal(error: unknown) {
  const { errorCode, errorMessage, subError } = error as Readonly<Record<string, unknown>>;
  return {
    error: typeof errorCode === 'string' ? errorCode : 'unknown_error',
    // Other messages of MSAL's are about its own workings, and may quote.
    ...(typeof errorMessage === 'string' && /^(\w+: )?AADSTS\d+/.test(errorMessage)
      ? { description: errorMessage.replace(/^\w+: (?=AADSTS)/, '') }
      : {}),
    ...(typeof subError === 'string' ? { suberror: subError } : {}),
  };
}
