import { AppError } from '../core/errors.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** Runs a task on the store as it is now. @throws AppError `notFound` where nothing is stored */
export async function withSnapshot<T, S extends Snapshot>(
  { openSnapshot }: { openSnapshot(): Promise<S | undefined> },
  task: (snapshot: S) => Promise<T>,
): Promise<T> {
  const snapshot = await openSnapshot();
  if (!snapshot) throw new AppError('notFound', 'Nothing is stored yet.');
  try {
    return await task(snapshot);
  } finally {
    snapshot.close();
  }
}
