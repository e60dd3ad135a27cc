import { cancelled, isAppError, toAppError } from '../../core/errors.ts';
import type { StoredConnection } from '../../core/model.ts';
import type { CommandDeps } from '../command.ts';
import { signInProblem } from './signInProblem.ts';

/** What came of trying a connection: it works or the user keeps it all the same, or wants to change it. */
export type TryOutcome = 'keep' | 'goBack';

export interface TryOptions {
  readonly connection: Pick<StoredConnection, 'provider' | 'endpoint'>;
  /** There are questions to go back to. */
  readonly canGoBack: boolean;
  /** Sends the request. @throws AppError what failed */
  attempt(signal: AbortSignal): Promise<void>;
}

/**
 * Before a connection is kept: asks about a foreign host, then tries it, and says what failed. Texts of the service
 * go into the modal only, which shows them literally.
 * @throws AppError `cancelled` · `invalid`
 */
export async function tryOut(
  deps: CommandDeps,
  { connection, canGoBack, attempt }: TryOptions,
  signal: AbortSignal,
): Promise<TryOutcome> {
  if (!(await hasAgreed(deps, connection))) return leave(canGoBack);
  try {
    await deps.ui.withProgress(deps.t('Trying the connection…'), signal, (_, ownSignal) => attempt(ownSignal));
    return 'keep';
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (isAppError(error, 'cancelled')) return leave(canGoBack);
    return askWhatNow(deps, error, canGoBack);
  }
}

/** Asks about a foreign host, once for each. */
export async function hasAgreed(deps: CommandDeps, connection: TryOptions['connection']): Promise<boolean> {
  const host = await deps.tenants.unagreedHost(connection);
  return host === undefined || agree(deps, host);
}

async function agree({ ui, t, tenants }: CommandDeps, host: string): Promise<boolean> {
  const answer = await ui.confirm(
    t('Send the access token to {0}?', host),
    t(
      'This is not an address of the service itself. Whoever runs it can use the token in your name. You are asked once for each address.',
    ),
    [{ label: t('Send It There'), value: true }],
  );
  if (answer) await tenants.agreeToHost(host);
  return answer === true;
}

async function askWhatNow(deps: CommandDeps, thrown: unknown, canGoBack: boolean): Promise<TryOutcome> {
  const { ui, t, log } = deps;
  const error = toAppError(thrown);
  log.warn(`The connection does not work: ${error.kind}.`);
  const goBack = { label: t('Go Back'), value: 'goBack' as const };
  const keep = { label: t('Keep Anyway'), value: 'keep' as const };
  const answer = await ui.confirm(
    t('The connection does not work.'),
    // Advice would be for a tenant that is kept already.
    await signInProblem(deps, error),
    canGoBack ? [goBack, keep] : [keep],
  );
  if (!answer) throw cancelled();
  return answer;
}

function leave(canGoBack: boolean): TryOutcome {
  if (!canGoBack) throw cancelled();
  return 'goBack';
}
