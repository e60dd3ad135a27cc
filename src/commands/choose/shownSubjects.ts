import type { Subject } from '../../core/access/subject.ts';
import type { CommandDeps } from '../command.ts';
import { chooseSubject } from './subjects.ts';

/** Whose access the view shows; where it shows nobody's, asks whose. @throws AppError `cancelled` */
export async function shownSubjects(deps: CommandDeps, signal: AbortSignal): Promise<readonly Subject[]> {
  const { access, t } = deps;
  if (access.shown().length === 0) await access.show([await chooseSubject(deps, { title: t('Show Access') }, signal)]);
  return access.shown();
}
