import { cancelled } from '../../core/errors.ts';
import { fileProblem } from '../../export/fileProblem.ts';
import type { CommandDeps } from '../command.ts';

/** Has a file written. @throws AppError `cancelled` where it could not be, after the user was told why */
export async function orTellWhy<T>({ t, ui, log }: CommandDeps, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const problem = fileProblem(t, error);
    if (problem === undefined) throw error;
    log.error('The file could not be written.', error);
    ui.warn(problem);
    throw cancelled();
  }
}
