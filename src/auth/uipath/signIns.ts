import type { SignIn } from '../signIn.ts';
import { createApplication } from './application.ts';
import type { UiPathDeps } from './deps.ts';
import { createPerson } from './person.ts';

/** UiPath's ways to sign in, by the name of the method. To be loaded when one is used first. */
export function createUiPathSignIns(deps: UiPathDeps): Readonly<Record<'oauth' | 'clientCredentials', SignIn>> {
  return { oauth: createPerson(deps), clientCredentials: createApplication(deps) };
}
