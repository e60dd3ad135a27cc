import type { CheckAgain } from '../../core/editedFile.ts';
import type { CommandDeps } from '../command.ts';
import type { KnownPeople } from './people.ts';
import { prepare } from './prepare.ts';

/** Tells what is wrong in a file that is saved after it was looked at. @param people what was found out of them then */
export function createCheckAgain(deps: CommandDeps, people: KnownPeople): CheckAgain {
  return async (text) => {
    try {
      return (await prepare(deps, text, { isNow: () => false, people }, new AbortController().signal)).problems;
    } catch (error) {
      deps.log.error('The access file could not be checked again.', error);
      return undefined;
    }
  };
}
