import { tokenProblem } from '../../core/auth/checkAuth.ts';
import { type Cloud, needsPerson, type SignInMethod } from '../../core/model.ts';
import { type ConnectionField, isServiceProvider, type Provider } from '../../core/provider/provider.ts';
import { fieldProblem, nameProblem } from '../../core/tenants/checkConnection.ts';
import { type EndpointProblem, endpointProblem } from '../../core/tenants/endpoint.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { Answer, Choice, InputOptions, Ui } from '../../core/ui.ts';
import { type ConnectionDraft, defaultEndpoint } from './connectionDraft.ts';
import type { Step } from './wizard.ts';

/** What the questions about a connection need. */
export interface Asking {
  readonly ui: Ui;
  readonly t: Translate;
  /** Of the whole dialog. */
  readonly title: string;
  readonly signal: AbortSignal;
}

type DraftStep = Step<ConnectionDraft>;

/** Which service; a change forgets what was answered for the other one. */
export function providerStep({ ui, t, title, signal }: Asking, providers: readonly Provider[]): DraftStep {
  const choices = providers.map(
    (provider): Choice<Provider> => ({ label: provider.label, icon: provider.icon, value: provider }),
  );
  return async (draft, place) => {
    const answer = await ui.pick(
      choices,
      { title, placeholder: t('Which service does the tenant use?'), ...place },
      signal,
    );
    if (answer === 'back') return 'back';
    if (answer.value.id === draft.provider?.id) return { value: draft };
    return { value: { provider: answer.value, ...(draft.name ? { name: draft.name } : {}) } };
  };
}

export function nameStep(asking: Asking): DraftStep {
  const { t } = asking;
  const problems = { empty: t('Enter a name.'), tooLong: t('Enter at most 200 characters.') };
  return inputStep(asking, {
    prompt: t('A name for the tenant, as you want to see it in the view'),
    value: proposedName,
    validate: (text) => lookUp(problems, nameProblem(text)),
    take: (name) => ({ name }),
  });
}

/** In which of the service's clouds, or at an address of its own. */
export function cloudStep({ ui, t, title, signal }: Asking, endpoints: Readonly<Record<string, string>>): DraftStep {
  const names: Readonly<Record<string, string>> = {
    public: t('Public cloud'),
    usGov: t('US Government (GCC)'),
    usGovHigh: t('US Government (GCC High)'),
    usGovDod: t('US Government (DoD)'),
    china: t('China'),
  };
  const choices = Object.entries(endpoints).map(
    ([cloud, endpoint]): Choice<Cloud | undefined> => ({
      label: names[cloud] ?? cloud,
      description: endpoint,
      value: cloud as Cloud,
    }),
  );
  choices.push({ label: t('Another address…'), value: undefined });
  return async (draft, place) => {
    const answer = await ui.pick(choices, { title, placeholder: t('Where is the service?'), ...place }, signal);
    if (answer === 'back') return 'back';
    const { cloud: _, endpoint, isOwnEndpoint, ...rest } = draft;
    if (answer.value) return { value: { ...rest, cloud: answer.value } };
    return { value: { ...rest, isOwnEndpoint: true, ...(isOwnEndpoint && endpoint ? { endpoint } : {}) } };
  };
}

export function endpointStep(asking: Asking): DraftStep {
  const { t } = asking;
  const problems: Readonly<Record<EndpointProblem, string>> = {
    notAUrl: t('Enter a web address that begins with https://.'),
    scheme: t('The address must begin with https://.'),
    plainHttp: t('The address must begin with https://: plain http is allowed to this computer only.'),
    userInfo: t('The address must not contain a user name or a password.'),
    queryOrFragment: t('The address must not contain “?” or “#”.'),
  };
  return inputStep(asking, {
    prompt: t('The address of the service'),
    value: ({ endpoint, provider, cloud }) => endpoint ?? defaultEndpoint(provider, cloud),
    validate: (text) => lookUp(problems, endpointProblem(text)),
    take: (endpoint) => ({ endpoint: endpoint.replace(/\/+$/, '') }),
  });
}

export function organizationStep(asking: Asking): DraftStep {
  const { t } = asking;
  return inputStep(asking, {
    prompt: t(
      'The name of the organization, as in the address of its pages (may be left empty for your own installation)',
    ),
    value: (draft) => draft.organization ?? '',
    validate: (text) =>
      organizationIn(text) === undefined
        ? t('Enter the name alone: in the address of its pages it comes right after the host.')
        : undefined,
    take: (text) => ({ organization: organizationIn(text) ?? '' }),
  });
}

/** The name that is typed, or that stands in an address that was pasted in its place. */
function organizationIn(text: string): string | undefined {
  const typed = text.trim();
  if (!typed.includes('/')) return typed;
  const address = /^https?:/i.test(typed) ? typed : `https://${typed}`;
  const [, name = ''] = URL.canParse(address) ? new URL(address).pathname.split('/') : [];
  // Names of UiPath's services end in "_"; those of organizations have no escapes.
  return name === '' || name.endsWith('_') || name.includes('%') ? undefined : name;
}

export function partitionStep(asking: Asking, method: SignInMethod = 'accessToken'): DraftStep {
  const { t } = asking;
  return inputStep(asking, {
    prompt: t('The id of the organization (partitionGlobalId)'),
    value: (draft) => draft.partitionGlobalId ?? '',
    validate: (text) =>
      fieldProblem('partitionGlobalId', text, method) ? t('Enter the id of the organization.') : undefined,
    take: (partitionGlobalId) => ({ partitionGlobalId }),
  });
}

export function scopeStep({ ui, t, title, signal }: Asking): DraftStep {
  const choices: Choice<'member' | 'admin' | 'part'>[] = [
    {
      label: t('My workspaces'),
      detail: t('The workspaces that you have access to'),
      icon: 'account',
      value: 'member',
    },
    {
      label: t('The whole tenant'),
      detail: t('All workspaces with their users; needs a Fabric administrator'),
      icon: 'organization',
      value: 'admin',
    },
    {
      label: t('Part of the tenant…'),
      detail: t('Without personal or deleted workspaces, for example; needs a Fabric administrator'),
      icon: 'list-filter',
      value: 'part',
    },
  ];
  return async (draft, place) => {
    const answer = await ui.pick(choices, { title, placeholder: t('What do you want to see?'), ...place }, signal);
    if (answer === 'back') return 'back';
    if (answer.value === 'part') return { value: { ...draft, scope: 'admin', choosesWorkspaces: true } };
    const { choosesWorkspaces: _, choosesCapacities: __, workspaces: ___, ...rest } = draft;
    return { value: { ...rest, scope: answer.value } };
  };
}

/** @param isOptional blank keeps the token that is saved */
export function tokenStep(asking: Asking, isOptional = false): DraftStep {
  const { t } = asking;
  const problems = {
    empty: isOptional ? undefined : t('Enter an access token.'),
    characters: t('A token has no spaces and no special characters: copy it again.'),
  };
  return inputStep(asking, {
    prompt: isOptional
      ? t('A new access token (leave it empty to keep the one that is saved)')
      : t('An access token; it is kept in the secret storage of VS Code and nowhere else'),
    // Never proposed again, so that a token does not linger in a dialog.
    value: () => '',
    isSecret: true,
    validate: (text) => lookUp(problems, tokenProblem(text)),
    take: (accessToken) => (accessToken ? { accessToken } : {}),
  });
}

/** Of the service's own questions, those that it has fields for, and whose answers no token tells. */
export function fieldSteps(
  asking: Asking,
  { provider, method = 'accessToken' }: ConnectionDraft,
): readonly DraftStep[] {
  if (!provider || !isServiceProvider(provider)) return [];
  const steps = { organization: organizationStep, partitionGlobalId: () => partitionStep(asking), scope: scopeStep };
  const isAsked = (field: ConnectionField) =>
    field === 'scope' || method === 'accessToken' || (field === 'organization' && !needsPerson(method));
  return provider.fields.filter(isAsked).map((field) => steps[field](asking));
}

export interface InputStep extends Pick<InputOptions, 'prompt' | 'isSecret' | 'validate'> {
  value(draft: ConnectionDraft): string;
  take(text: string, draft: ConnectionDraft): Partial<ConnectionDraft>;
}

export function inputStep({ ui, title, signal }: Asking, { value, take, ...options }: InputStep): DraftStep {
  return async (draft, place): Promise<Answer<ConnectionDraft>> => {
    const answer = await ui.input({ title, ...options, value: value(draft), ...place }, signal);
    return answer === 'back' ? 'back' : { value: { ...draft, ...take(answer.value.trim(), draft) } };
  };
}

export function lookUp<K extends string>(
  texts: Readonly<Record<K, string | undefined>>,
  key: K | undefined,
): string | undefined {
  return key === undefined ? undefined : texts[key];
}

function proposedName({ name, directories, organization, signedIn }: ConnectionDraft): string {
  return name || directories?.[0]?.name || organization || signedIn?.account || '';
}
