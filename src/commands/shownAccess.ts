import { readShown, type Shown } from '../core/access/readShown.ts';
import type { CommandDeps } from './command.ts';
import { chooseSubject } from './subjects.ts';

/** The access that the view shows, as it is now; where it shows nobody's, asks whose. @throws AppError `cancelled` */
export async function shownAccess(deps: CommandDeps, signal: AbortSignal): Promise<Shown> {
  const { access, reader, t } = deps;
  if (access.shown().length === 0) await access.show([await chooseSubject(deps, { title: t('Show Access') }, signal)]);
  return readShown(reader, access.shown(), signal);
}
