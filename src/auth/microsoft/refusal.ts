import { AppError, type ErrorKind } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';

/** Why Microsoft's sign-in service gave no token. */
export interface Refusal {
  /** OAuth's code, or one of MSAL's own. */
  readonly error: string;
  /** The service's words, which begin with a number `AADSTS…`. */
  readonly description?: string;
  readonly suberror?: string;
}

/** `silent`: a person may still help; `interactive`: that person has just tried; `app`: there is no person. */
export type Attempt = 'silent' | 'interactive' | 'app';

/** Numbers of https://learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const missingConsent = ['65001', '65002', '65005', '90008', '90093', '90094', '90095', '650052', '650056', '650057'];
/** VS Code's own app may not ask for this service: nobody's consent changes that. */
const neverConsented = '65002';

/**
 * A refusal in plain words, with the service's own; without Microsoft's trace ids, and without a cause, which may tell
 * secrets.
 * @param permissions what the token was to allow, as app registrations name it
 */
export function refused(t: Translate, refusal: Refusal, attempt: Attempt, permissions: string): AppError {
  const said = wordsOf(refusal);
  const number = /AADSTS(\d+)/.exec(said)?.[1] ?? '';
  if (missingConsent.includes(number)) {
    const kind = attempt === 'silent' && number === '65001' ? 'notSignedIn' : 'forbidden';
    return new AppError(kind, t('{0} Microsoft says: {1}', consentAdvice(t, number, permissions), said));
  }
  const { kind, words } = meaning(t, refusal, attempt);
  return new AppError(kind, t('{0} Microsoft says: {1}', words, said));
}

function consentAdvice(t: Translate, number: string, permissions: string): string {
  return number === neverConsented
    ? t(
        "VS Code's own Microsoft sign-in may not ask for what is needed here. Register an app of your own with these permissions, and sign in with it: {0}.",
        permissions,
      )
    : t(
        'The app needs consent for these permissions: {0}. An administrator of the directory must give it, or use an app registration that has it.',
        permissions,
      );
}

function meaning(t: Translate, { error, suberror }: Refusal, attempt: Attempt): { kind: ErrorKind; words: string } {
  switch (error) {
    case 'access_denied':
    case 'authorization_declined':
      return { kind: 'forbidden', words: t('The sign-in was declined.') };
    case 'expired_token':
    case 'code_expired':
    case 'device_code_expired':
      return { kind: 'timeout', words: t('The code was not entered in time. Sign in again for a new one.') };
    case 'temporarily_unavailable':
    case 'server_error':
      return { kind: 'unavailable', words: t("Microsoft's sign-in service is not available at the moment.") };
    case 'invalid_client':
      return attempt === 'interactive'
        ? { kind: 'invalid', words: t('The app registration does not allow this way to sign in.') }
        : { kind: 'notSignedIn', words: t("The app's secret or certificate is wrong or has expired.") };
    case 'invalid_grant':
    case 'interaction_required':
    case 'login_required':
    case 'consent_required':
    case 'no_tokens_found':
    case 'refresh_token_expired':
    case 'bad_token':
      return attempt === 'silent'
        ? { kind: 'notSignedIn', words: t('A new sign-in is needed.') }
        : { kind: suberror === 'bad_token' ? 'invalid' : 'forbidden', words: t('The sign-in was refused.') };
    default:
      return { kind: 'invalid', words: t('The sign-in was refused.') };
  }
}

/** "AADSTS50076: … Trace ID: … Correlation ID: … Timestamp: …", as far as it helps. */
function wordsOf({ error, description = '' }: Refusal): string {
  const words =
    description
      .split(/\s*Trace ID:/i, 1)[0]
      ?.replace(/\s+/g, ' ')
      .trim() ?? '';
  return (words === '' ? error : words).slice(0, 500);
}
