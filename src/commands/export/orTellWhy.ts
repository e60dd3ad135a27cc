import { cancelled } from '../../core/errors.ts';
import { fileProblem } from '../../export/fileProblem.ts';
import type { CommandDeps } from '../command.ts';

/**
 * Has a file written. @param extensions of the formats that the user can choose
 * @throws AppError `cancelled` where it could not be written, after the user was told why
 */
export async function orTellWhy<T>(
  { t, ui, log }: CommandDeps,
  write: () => Promise<T>,
  extensions: readonly string[] = [],
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const problem = fileProblem(t, error, extensions);
    if (problem === undefined) throw error;
    log.error('The file could not be written.', error);
    ui.warn(problem);
    throw cancelled();
  }
}
