import { AuthorizationResponseError, ResponseBodyError } from 'oauth4webapi';
import { AppError, isAppError } from '../../core/errors.ts';
import { hideToken } from '../../core/http/hideToken.ts';
import type { Translate } from '../../core/text/translate.ts';

/**
 * What an OAuth conversation failed with, in plain words. What oauth4webapi throws holds whole replies, tokens included:
 * none of it goes on.
 * @param secrets what was sent: the service's own words may repeat it
 */
export function toRefusal(t: Translate, error: unknown, secrets: readonly string[]): AppError {
  return secrets.reduce(hideToken, refusalOf(t, error));
}

/** Whether what was sent to renew a session will never be taken again. */
export function isEnded(error: unknown): boolean {
  return error instanceof ResponseBodyError && error.error === 'invalid_grant';
}

function refusalOf(t: Translate, error: unknown): AppError {
  if (isAppError(error)) return error;
  if (!(error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return new AppError('badResponse', t('The sign-in service sent an unexpected answer.') + code);
  }
  const said = [error.error, error.error_description].filter((text) => text).join(': ');
  switch (error.error) {
    case 'access_denied':
      return new AppError('forbidden', t('The permissions were not granted. ({0})', said));
    case 'invalid_grant':
      return new AppError('notSignedIn', t('The sign-in has ended, or was used already. Sign in again. ({0})', said));
    case 'invalid_client':
      return new AppError(
        'notSignedIn',
        t('The id or the secret of the application is wrong or has expired. ({0})', said),
      );
    case 'invalid_scope':
    case 'unauthorized_client':
      return new AppError(
        'invalid',
        t(
          'The application lacks a scope or a way of signing in: compare its registration with the README. ({0})',
          said,
        ),
      );
    case 'server_error':
    case 'temporarily_unavailable':
      return new AppError('unavailable', t('The sign-in service is not available at the moment. ({0})', said));
    default:
      return new AppError('invalid', t('The sign-in service refused: {0}', said));
  }
}
