import { signInMethods } from '../../core/auth/checkAuth.ts';
import { needsPerson } from '../../core/model.ts';
import { isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import type { CommandDeps } from '../command.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import {
  type Asking,
  cloudStep,
  endpointStep,
  fieldSteps,
  nameStep,
  organizationStep,
  providerStep,
} from './connectionSteps.ts';
import { directoriesStep, directoryStep } from './directorySteps.ts';
import { methodStep, secretSteps } from './methodSteps.ts';
import { type Begun, signInStep } from './signInStep.ts';
import type { Step } from './wizard.ts';
import { workspaceSteps } from './workspaceSteps.ts';

type Steps = readonly Step<ConnectionDraft>[];

/** What is asked to add a tenant. Where a person signs in, the name comes last: by then one can be proposed. */
export function addTenantSteps(deps: CommandDeps, asking: Asking, begun: Begun, draft: ConnectionDraft): Steps {
  const { provider, method } = draft;
  const providers = deps.providers().filter((one) => signInMethods(one).length > 0);
  const first = providerStep(asking, providers);
  if (!provider) return [first, nameStep(asking), ...secretSteps(asking, provider, draft)];
  const hasChoice = signInMethods(provider).length > 1;
  const which = [first, ...(hasChoice ? [methodStep(asking, provider)] : [])];
  const about = [...fieldSteps(asking, draft), ...(draft.choosesWorkspaces ? workspaceSteps(asking, draft) : [])];
  const secrets = [...directorySteps(asking, draft), ...secretSteps(asking, provider, draft)];
  if (method === undefined || !needsPerson(method)) {
    return [...which, nameStep(asking), ...addressSteps(asking, draft), ...about, ...secrets];
  }
  const signIn = signInStep(deps, begun, asking.signal);
  const named = deps.sendsOrganization() && hasOrganization(provider) ? [organizationStep(asking)] : [];
  const after = stepsAfterSignIn(deps, asking, draft);
  return [...which, ...addressSteps(asking, draft), ...named, ...about, ...secrets, signIn, ...after];
}

function addressSteps(asking: Asking, { provider, isOwnEndpoint }: ConnectionDraft): Steps {
  if (!provider || !isServiceProvider(provider)) return [];
  const hasClouds = Object.keys(provider.endpoints).length > 1;
  return [
    ...(hasClouds ? [cloudStep(asking, provider.endpoints)] : []),
    ...(!hasClouds || isOwnEndpoint ? [endpointStep(asking)] : []),
  ];
}

/** An application of one's own may belong to one directory; one that signs in by itself always does. */
function directorySteps(asking: Asking, { provider, method }: ConnectionDraft): Steps {
  if (!provider || !hasDirectories(provider)) return [];
  if (method === 'clientCredentials') return [directoryStep(asking, false)];
  return method === 'interactive' || method === 'deviceCode' ? [directoryStep(asking, true)] : [];
}

function stepsAfterSignIn(
  deps: CommandDeps,
  asking: Asking,
  { provider, signedIn, directories }: ConnectionDraft,
): Steps {
  if (!signedIn || !provider) return [nameStep(asking)];
  if (hasDirectories(provider)) {
    const which = directoriesStep(deps, asking);
    return directories && directories.length > 1 ? [which] : [which, nameStep(asking)];
  }
  const isAsked = hasOrganization(provider) && !deps.sendsOrganization();
  return [...(isAsked ? [organizationStep(asking)] : []), nameStep(asking)];
}

function hasOrganization(provider: Provider): boolean {
  return isServiceProvider(provider) && provider.fields.includes('organization');
}

function hasDirectories(provider: Provider): boolean {
  return isServiceProvider(provider) && provider.identity === 'microsoft';
}
