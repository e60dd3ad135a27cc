import type { AppError } from '../../core/errors.ts';
import type { CommandDeps } from '../command.ts';

/** What went wrong while somebody signed in or tried a connection, for a modal: it may hold a service's words. */
export async function signInProblem({ ui, t }: CommandDeps, error: AppError): Promise<string> {
  // "Not signed in" would be no news.
  const what = error.kind === 'notSignedIn' ? t('The sign-in was refused.') : ui.tellWhat(error.kind);
  return `${what}\n\n${await ui.tellReason(error.message)}`;
}
