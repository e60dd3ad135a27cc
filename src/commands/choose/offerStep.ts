import { isAppError } from '../../core/errors.ts';
import type { CommandDeps } from '../command.ts';

/**
 * Offers a further step in a notification, and takes it if the user wants. Commands do not await it, for a notification
 * may stay for long: so what fails in the step is told here, as what fails in a command is. Never fails.
 */
export async function offerStep(
  { ui, t, log }: CommandDeps,
  message: string,
  button: string,
  step: () => Promise<unknown>,
): Promise<void> {
  try {
    if (await ui.offer(message, button)) await step();
  } catch (error) {
    if (isAppError(error, 'cancelled')) return;
    log.error('What was offered failed.', error);
    ui.warn(isAppError(error) ? ui.explain(error.kind) : t('Something went wrong. The log says more.'));
  }
}
